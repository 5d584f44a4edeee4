"""An outcome of one rule, described: what was asked, what was found, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ats.eligibility.kinds.base import Context, Facts, Reason
from ats.eligibility.text import Text
from ats.eligibility.trees import Leaf

Document = dict[str, Any]
OUTCOMES: Mapping[bool | None, str] = {True: "met", False: "not_met", None: "unknown"}


def rule_document(leaf: Leaf, facts: Facts, met: bool | None, context: Context) -> Document:  # noqa: FBT001
    """The outcome of a rule as a document of plain values; texts in English and Chinese."""
    found = _reason(leaf, facts, met, context)
    rule = leaf.rule
    return {
        "kind": rule.kind,
        "negated": leaf.negated,
        "outcome": OUTCOMES[met],
        "code": found.code,
        "fact": {name: _plain(facts[name]) for name in rule.facts},
        "bound": rule.bound(),
        "sentence": found.sentence.document(),
        "remedy": found.remedy.document() if found.remedy else None,
        "alternatives": [],
    }


def _reason(leaf: Leaf, facts: Facts, met: bool | None, context: Context) -> Reason:  # noqa: FBT001
    if met is None:
        return _unknown(leaf)
    asked = leaf.describe()
    if met:
        return Reason(f"{leaf.rule.kind}_met", Text(f"Met: {asked.en}.", f"符合：{asked.zh}。"))
    if leaf.negated:
        excluded = Text(f"You do not meet: {asked.en}.", f"不符合：{asked.zh}。")
        return Reason(f"{leaf.rule.kind}_excluded", excluded)
    return leaf.rule.failure(facts, context)


def _unknown(leaf: Leaf) -> Reason:
    label = leaf.rule.fact_label
    return Reason(
        f"{leaf.rule.kind}_unknown",
        Text(f"This cannot be decided without {label.en}.", f"缺少{label.zh}，无法判断。"),
        Text(f"Fill in {label.en}.", f"请填写{label.zh}。"),
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
