"""One person against many postings: which accept them, which nearly do, and why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ats.eligibility.compiler import QueryCompiler
from ats.eligibility.facts import Source
from ats.eligibility.kinds.base import Context, Facts
from ats.eligibility.rule_book import Effective
from ats.eligibility.trees import Leaf, Node, conjuncts, leaves
from ats.eligibility.verdicts.document import RuleDocument, rule_document


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of the requirements of a tree: its bit, and the rules that it is made of with theirs."""

    bit: int
    rules: tuple[tuple[Leaf, int], ...]
    context: Context


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tree asks: the bits of all its requirements, and each of them."""

    mask: int
    requirements: tuple[Requirement, ...]


@dataclass(slots=True)
class MatchReport:
    """The ids of the postings that accept somebody, and of those that would but for one requirement.

    With each of the latter go the rules of the requirement that fails or is unknown. `others` counts the
    rest. The order is that of the postings in the matcher.
    """

    accepting: list[int] = field(default_factory=list)
    nearly: list[tuple[int, list[RuleDocument]]] = field(default_factory=list)
    others: int = 0


class PostingMatcher:
    """Many postings, compiled once; one statement finds which of them accept somebody.

    It keeps no row and depends on rules, postings and the day alone, so it may be kept.
    """

    def __init__(self, rules: Iterable[Effective]) -> None:
        self._compiler = QueryCompiler()
        rows = [(row.posting.pk, row.tree, row.context) for row in rules]
        indexes = {
            (node, context): self._compiler.add(node, context)
            for _posting, tree, context in rows
            for part in conjuncts(tree)
            for node in (part, *leaves(part))
        }
        self._bits = {key: int("0" + self._compiler.masks[index], 2) for key, index in indexes.items()}
        self._requirements: dict[tuple[Node, Context], Requirement] = {}
        known: dict[tuple[Node, Context], Asked] = {}
        self._postings: list[tuple[int, Asked]] = []
        for posting, tree, context in rows:
            if (tree, context) not in known:
                known[tree, context] = self._asked(tree, context)
            self._postings.append((posting, known[tree, context]))

    def match(self, source: Source) -> MatchReport:
        """What the postings say to the one subject of `source`."""
        facts, met, failed = self._compiler.outcomes(source)
        found = MatchReport()
        reasons: dict[int, list[RuleDocument]] = {}  # many postings are missed by one requirement
        for posting, asked in self._postings:
            missed = asked.mask & ~met
            if not missed:
                found.accepting.append(posting)
            elif missed & (missed - 1):  # more than one bit
                found.others += 1
            else:
                requirement = next(each for each in asked.requirements if each.bit == missed)
                if id(requirement) not in reasons:
                    reasons[id(requirement)] = _reasons(requirement, facts, met, failed)
                found.nearly.append((posting, reasons[id(requirement)]))
        return found

    def possible(self, source: Source) -> list[int]:
        """The ids of the postings that do not refuse the one subject of `source`."""
        _facts, _met, failed = self._compiler.outcomes(source)
        return [posting for posting, asked in self._postings if not asked.mask & failed]

    def statement(self, source: Source) -> tuple[str, dict[str, Any]]:
        """SQL with its params, to measure it by."""
        return self._compiler.one(source)

    def _asked(self, tree: Node, context: Context) -> Asked:
        requirements = tuple(self._requirement(part, context) for part in conjuncts(tree))
        return Asked(sum({each.bit for each in requirements}), requirements)

    def _requirement(self, part: Node, context: Context) -> Requirement:
        """Equal requirements of several trees are one object."""
        if (part, context) not in self._requirements:
            rules = tuple((leaf, self._bits[leaf, context]) for leaf in leaves(part))
            made = Requirement(self._bits[part, context], rules, context)
            self._requirements[part, context] = made
        return self._requirements[part, context]


def _reasons(requirement: Requirement, facts: Facts, met: int, failed: int) -> list[RuleDocument]:
    """The rules of a requirement that is missed, each with its outcome."""
    outcomes = [
        (leaf, True if bit & met else False if bit & failed else None) for leaf, bit in requirement.rules
    ]
    return [rule_document(leaf, facts, outcome, requirement.context) for leaf, outcome in outcomes]
