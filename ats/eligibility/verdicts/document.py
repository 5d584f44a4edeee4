"""The outcome of one rule, described: what was asked, what was found, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from ats.common.months import Span
from ats.eligibility.kinds.base import Context, Facts, Reason
from ats.eligibility.text import Text
from ats.eligibility.trees import Leaf

OUTCOMES: Mapping[bool | None, str] = {True: "met", False: "not_met", None: "unknown"}


class Sentences(TypedDict):
    """The same in English and in Chinese."""

    en: str
    zh: str


class OtherCampaign(TypedDict):
    campaign: str
    name: str
    name_zh: str


class RuleDocument(TypedDict):
    """One rule: what was asked (`bound`), what was found (`fact`), and what would change it (`remedy`)."""

    kind: str
    negated: bool
    outcome: str
    code: str
    fact: dict[str, Any]
    bound: dict[str, Any]
    sentence: Sentences
    remedy: Sentences | None
    alternatives: list[OtherCampaign]


class PreferenceDocument(TypedDict):
    """Something that is preferred: it orders people and decides nothing."""

    outcome: str
    sentence: Sentences


class RuleSetDocument(TypedDict):
    id: int
    scope: str
    version: int


class Document(TypedDict):
    """A verdict, as it is stored and shown."""

    posting: int
    outcome: str
    sentence: Sentences
    rules: list[RuleDocument]
    preferred: list[PreferenceDocument]
    rule_sets: list[RuleSetDocument]


def rule_document(leaf: Leaf, facts: Facts, met: bool | None, context: Context) -> RuleDocument:  # noqa: FBT001
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
        "sentence": sentences(found.sentence),
        "remedy": sentences(found.remedy) if found.remedy else None,
        "alternatives": [],
    }


def sentences(text: Text) -> Sentences:
    return {"en": text.en, "zh": text.zh}


def preferred_met(document: Document) -> int:
    """How many of the preferences are met."""
    return sum(row["outcome"] == OUTCOMES[True] for row in document["preferred"])


def _reason(leaf: Leaf, facts: Facts, met: bool | None, context: Context) -> Reason:  # noqa: FBT001
    if met is None:
        return leaf.rule.unknown(facts, context)
    asked = leaf.describe()
    if met:
        return Reason(f"{leaf.rule.kind}_met", Text(f"Met: {asked.en}.", f"符合：{asked.zh}。"))
    if leaf.negated:
        excluded = Text(f"You do not meet: {asked.en}.", f"不符合：{asked.zh}。")
        return Reason(f"{leaf.rule.kind}_excluded", excluded)
    return leaf.rule.failure(facts, context)


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
