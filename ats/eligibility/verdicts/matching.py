"""One person against many postings: which take them, and which nearly do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ats.eligibility.compiler import OUTCOMES, QueryCompiler
from ats.eligibility.facts import Source
from ats.eligibility.rule_book import Effective
from ats.eligibility.trees import conjuncts
from ats.eligibility.verdicts.document import Document
from ats.eligibility.verdicts.judge import VerdictLayout
from ats.models import Posting

# Turned around: of each requirement the trees that have it. Those of none that is missed are left.
MISSED = f"""SELECT bit_or(trees) FROM ({{source}}) f,
    unnest({OUTCOMES}, %(trees)s::varbit[]) AS r(outcome, trees) WHERE outcome IS NOT TRUE"""  # noqa: S608  (values are bound)


@dataclass(frozen=True, slots=True)
class Survey:
    """The postings that take somebody, those that would but for one requirement, and how many more.

    A verdict of `nearly` has only the rules of the requirement that fails or can not be told.
    """

    accepting: list[Posting]
    nearly: list[tuple[Posting, Document]]
    others: int


def survey(rules: Iterable[Effective], source: Source) -> Survey:
    """Judge the one subject of `source` by all these rules, in one statement."""
    program = QueryCompiler()
    sheets = [(VerdictLayout.of(row, program), _requirements(row, program)) for row in rules]
    (facts,) = program.run(source)
    outcomes = facts["v"]
    accepting = [sheet.effective.posting for sheet, _ in sheets if outcomes[sheet.whole]]
    nearly = []
    for sheet, requirements in sheets:
        failing = [own for place, own in requirements if not outcomes[place]]
        if len(failing) == 1:
            nearly.append((sheet.effective.posting, failing[0].document(facts)))
    return Survey(accepting, nearly, len(sheets) - len(accepting) - len(nearly))


def _requirements(row: Effective, program: QueryCompiler) -> list[tuple[int, VerdictLayout]]:
    """Each requirement at the top of a tree: the place of its outcome, and itself as a tree."""
    alone = [Effective(row.posting, part, row.rule_sets, row.context) for part in conjuncts(row.tree)]
    return [(program.add(part.tree, part.context), VerdictLayout.of(part, program)) for part in alone]


class Shortlist:
    """Many postings, compiled once, for asking which of them take somebody."""

    def __init__(self, rules: Iterable[Effective]) -> None:
        self._program = QueryCompiler()
        self._postings: dict[int, list[int]] = {}
        for row in rules:
            place = self._program.add(row.tree, row.context)
            self._postings.setdefault(place, []).append(row.posting.pk)
        having = ("".join(bits) for bits in zip(*self._program.masks, strict=True))
        self._trees = f"{{{','.join(map(_hexadecimal, having))}}}"

    def of(self, source: Source) -> list[int]:
        """The ids of the postings that take the one subject of `source`, in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(*self.statement(source))
            (missed,) = cursor.fetchone()
        taking = (pks for place, pks in self._postings.items() if not missed or missed[place] == "0")
        return sorted(pk for pks in taking for pk in pks)

    def statement(self, source: Source) -> tuple[str, dict[str, Any]]:
        """SQL with its params: a bit per tree, set where the tree does not take the subject."""
        sql, params = self._program.fill(MISSED, source)
        return sql, {**params, "trees": self._trees}


def _hexadecimal(bits: str) -> str:
    """A bit string in the shortest way that PostgreSQL reads it, filled up with zeros at its end."""
    digits = -(-len(bits) // 4)
    return f"x{int(bits.ljust(4 * digits, '0'), 2):0{digits}x}"
