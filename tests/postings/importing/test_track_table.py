"""The shipped terms on titles in both languages that they were not derived from row by row."""

from __future__ import annotations

import io

from django.core.management import call_command

from ats.management.commands.track_table import TITLES, titles_in
from ats.postings.importing.classify import Classifier, Term
from ats.postings.importing.track_table import Score, Title, score, shipped_classifier

PRECISION, AI_MISSED = 0.97, 0.05
LEAST = 200


def test_the_shipped_terms_meet_their_bounds() -> None:
    found = score(titles_in(TITLES), shipped_classifier())

    assert found.titles >= LEAST
    assert (found.precision >= PRECISION, found.wrong) == (True, ())
    assert (found.ai_missed <= AI_MISSED, found.missed, found.falsely_ai) == (True, (), ())


def test_a_score_counts_what_was_placed_and_what_was_missed() -> None:
    titles = [Title("Cook", "sales", False), Title("AI Chef", "product", True), Title("x", "data", True)]
    classifier = Classifier([Term(term="cook", track="sales"), Term(term="chef", track="data")])

    found = score(titles, classifier)

    assert found == Score(
        titles=3,
        placed=2,
        right=1,
        named_ai=2,
        wrong=(("AI Chef", "data"), ("x", "unclassified")),
        missed=("AI Chef", "x"),
        falsely_ai=(),
    )
    assert (found.precision, found.ai_missed) == (0.5, 1.0)


def test_the_table_is_printed() -> None:
    out = io.StringIO()

    call_command("track_table", stdout=out)

    assert "precision 1.000, recall 1.000" in out.getvalue()
