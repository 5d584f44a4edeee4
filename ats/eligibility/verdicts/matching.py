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
class MatchReport:
    """The postings that take somebody, those that would but for one requirement, and how many more.

    A verdict of `nearly` has only the rules of the requirement that fails or is unknown.
    """

    accepting: list[Posting]
    nearly: list[tuple[Posting, Document]]
    others: int


def match_postings(rules: Iterable[Effective], source: Source) -> MatchReport:
    """Judge the one subject of `source` by all these rules, in one statement."""
    compiler = QueryCompiler()
    layouts = [(VerdictLayout.of(row, compiler), _requirements(row, compiler)) for row in rules]
    (facts,) = compiler.run(source)
    outcomes = facts["v"]
    accepting = [layout.effective.posting for layout, _ in layouts if outcomes[layout.whole]]
    nearly = []
    for layout, requirements in layouts:
        failing = [part for index, part in requirements if not outcomes[index]]
        if len(failing) == 1:
            nearly.append((layout.effective.posting, failing[0].document(facts)))
    return MatchReport(accepting, nearly, len(layouts) - len(accepting) - len(nearly))


def _requirements(row: Effective, compiler: QueryCompiler) -> list[tuple[int, VerdictLayout]]:
    """Each requirement at the top of a tree: the index of its outcome, and itself as a tree."""
    alone = [Effective(row.posting, part, row.rule_sets, row.context) for part in conjuncts(row.tree)]
    return [(compiler.add(part.tree, part.context), VerdictLayout.of(part, compiler)) for part in alone]


class PostingMatcher:
    """Many postings, compiled once, for asking which of them take somebody."""

    def __init__(self, rules: Iterable[Effective]) -> None:
        self._compiler = QueryCompiler()
        self._postings: dict[int, list[int]] = {}
        for row in rules:
            index = self._compiler.add(row.tree, row.context)
            self._postings.setdefault(index, []).append(row.posting.pk)
        having = ("".join(bits) for bits in zip(*self._compiler.masks, strict=True))
        self._trees = f"{{{','.join(map(_hexadecimal, having))}}}"

    def of(self, source: Source) -> list[int]:
        """The ids of the postings that take the one subject of `source`, in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(*self.statement(source))
            (missed,) = cursor.fetchone()
        taking = (pks for index, pks in self._postings.items() if not missed or missed[index] == "0")
        return sorted(pk for pks in taking for pk in pks)

    def statement(self, source: Source) -> tuple[str, dict[str, Any]]:
        """SQL with its params: a bit per tree, set where the tree does not take the subject."""
        sql, params = self._compiler.fill(MISSED, source)
        return sql, {**params, "trees": self._trees}


def _hexadecimal(bits: str) -> str:
    """A bit string in the shortest way that PostgreSQL reads it, filled up with zeros at its end."""
    digits = -(-len(bits) // 4)
    return f"x{int(bits.ljust(4 * digits, '0'), 2):0{digits}x}"
