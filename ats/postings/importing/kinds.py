"""Internship or graduate job, as far as a title or a programme says so."""

from __future__ import annotations

import re

from ats.postings.importing.rows import Kind

# The first that matches decides: 应届实习 is an internship for those who graduate this year.
KIND_WORDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"实习|\bintern(ship)?s?\b|\bco-?op\b", re.IGNORECASE), "internship"),
    (
        re.compile(r"应届|校招|提前批|\bnew ?grad(uate)?s?\b|\bgraduates?\b", re.IGNORECASE),
        "graduate",
    ),
)


def kind_of(text: str) -> Kind:
    """ "" when the text does not say."""
    return next((kind for words, kind in KIND_WORDS if words.search(text)), "")
