"""Verdicts: the one statement, run for some people and described in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ats.eligibility.compiler import QueryCompiler
from ats.eligibility.facts import Source
from ats.eligibility.kinds.base import Facts
from ats.eligibility.rule_book import Effective
from ats.eligibility.trees import Leaf, Node, leaves
from ats.eligibility.verdicts.alternatives import add_alternatives
from ats.eligibility.verdicts.document import OUTCOMES as RULE_OUTCOMES
from ats.eligibility.verdicts.document import Document, rule_document, sentences
from ats.models import Outcome

OUTCOMES: Mapping[bool | None, Outcome] = {
    True: Outcome.ELIGIBLE,
    False: Outcome.NOT_ELIGIBLE,
    None: Outcome.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class VerdictLayout:
    """Where in a compiler's outcomes those of a posting and of each of its rules are."""

    effective: Effective
    whole: int
    parts: tuple[tuple[Leaf, int], ...]
    preferred: tuple[tuple[Node, int], ...] = ()

    @classmethod
    def of(cls, effective: Effective, compiler: QueryCompiler) -> VerdictLayout:
        tree, context = effective.tree, effective.context
        parts = tuple((leaf, compiler.add(leaf, context)) for leaf in leaves(tree))
        preferred = tuple((node, compiler.add(node, context)) for node in effective.rules.preferred)
        return cls(effective, compiler.add(tree, context), parts, preferred)

    def document(self, row: Facts) -> Document:
        """The verdict on the subject of `row`: plain values, texts in English and Chinese."""
        return {
            "posting": self.effective.posting.pk,
            "outcome": OUTCOMES[row["v"][self.whole]].value,
            "sentence": sentences(self.effective.rules.describe()),
            "rules": [
                rule_document(leaf, row, row["v"][index], self.effective.context)
                for leaf, index in self.parts
            ],
            "preferred": [
                {"outcome": RULE_OUTCOMES[row["v"][index]], "sentence": sentences(node.describe())}
                for node, index in self.preferred
            ],
            "rule_sets": [
                {"id": rules.pk, "scope": rules.scope, "version": rules.version}
                for rules in self.effective.rule_sets
            ],
        }


def judge(effective: Effective, source: Source) -> Document:
    """The verdict on the one subject of `source`; what fails is looked up in other campaigns."""
    compiler = QueryCompiler()
    layout = VerdictLayout.of(effective, compiler)
    (row,) = compiler.run(source)
    document = layout.document(row)
    failing = {leaf.rule for leaf, index in layout.parts if row["v"][index] is False and not leaf.negated}
    add_alternatives(document, failing, row, effective=effective, source=source)
    return document


def judge_each(effective: Mapping[int, Effective], source: Source) -> dict[int, Document]:
    """The verdict on each subject of `source`, by its posting; one statement for all."""
    compiler = QueryCompiler()
    layouts = {rules.posting.pk: VerdictLayout.of(rules, compiler) for rules in effective.values()}
    rows: list[dict[str, Any]] = compiler.run(source)
    return {row["subject"]: layouts[effective[row["subject"]].posting.pk].document(row) for row in rows}
