"""Every reason that is given somewhere has its sentence, and the sentences state the real limits."""

from __future__ import annotations

import re

from ats.people.resumes import limits
from ats.people.resumes.outcomes import OUTCOMES
from tests.processes import ROOT


def test_every_reason_has_a_sentence() -> None:
    sources = [file.read_text() for file in (ROOT / "ats" / "people" / "resumes").rglob("*.py")]

    raised = {code for source in sources for code in re.findall(r'ResumeError\("([a-z_]+)"', source)}

    assert "two_in_one" in raised
    assert raised - set(OUTCOMES) == set()


def test_sentences_state_the_limits_in_force() -> None:
    assert str(OUTCOMES["too_large"][1]) == f"This file is larger than {limits.BYTES // limits.MEGABYTE} MB."
    assert str(OUTCOMES["too_many_pages"][1]) == f"This file has more than {limits.PAGES} pages."
