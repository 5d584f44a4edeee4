"""What would change a verdict: the employer's other campaigns that take the same facts."""

from __future__ import annotations

from collections.abc import Collection

from ats.eligibility.compiler import QueryCompiler
from ats.eligibility.facts import Source
from ats.eligibility.kinds.base import Facts, Rule
from ats.eligibility.rule_book import Effective, effective_rules
from ats.eligibility.text import Text, number_word
from ats.eligibility.trees import without
from ats.eligibility.verdicts.document import Document, RuleDocument, sentences
from ats.models import Campaign, Posting


def add_alternatives(
    document: Document, failing: Collection[Rule], facts: Facts, *, effective: Effective, source: Source
) -> None:
    """Add to each failing rule of a verdict the open campaigns in which its fact would do."""
    kinds = {rule.kind for rule in failing if rule.has_alternatives}
    if not kinds:
        return
    campaigns = _accepting(kinds, effective.posting, source)
    for rule in document["rules"]:
        if rule["outcome"] == "not_met" and not rule["negated"] and campaigns.get(rule["kind"]):
            found = campaigns[rule["kind"]]
            rule["alternatives"] = [
                {"campaign": row.slug, "name": row.name, "name_zh": row.name_zh} for row in found
            ]
            fact = next(each.describe_fact(facts) for each in failing if _is_of(rule, each))
            rule["remedy"] = sentences(_remedy(fact, len(found)))


def _is_of(document: RuleDocument, rule: Rule) -> bool:
    return (document["kind"], document["bound"]) == (rule.kind, rule.bound())


def _accepting(kinds: Collection[str], posting: Posting, source: Source) -> dict[str, list[Campaign]]:
    """By rule kind, the other campaigns with an open posting whose rules of that kind are met."""
    others = Posting.objects.accepting().filter(organisation=posting.organisation_id)
    rules = effective_rules(others.exclude(campaign=posting.campaign_id))
    compiler = QueryCompiler()
    asked = [(kind, row.posting.campaign, _index(compiler, row, kind)) for row in rules for kind in kinds]
    if not asked:
        return {}
    (facts,) = compiler.run(source)
    found: dict[str, dict[int, Campaign]] = {}
    for kind, campaign, index in asked:
        if facts["v"][index]:
            found.setdefault(kind, {})[campaign.pk] = campaign
    return {kind: [rows[pk] for pk in sorted(rows)] for kind, rows in found.items()}


def _index(compiler: QueryCompiler, row: Effective, kind: str) -> int:
    return compiler.add(without(row.tree, lambda rule: rule.kind != kind), row.context)


def _remedy(fact: Text, count: int) -> Text:
    noun, verb = ("campaign", "accepts") if count == 1 else ("campaigns", "accept")
    return Text(
        f"{number_word(count).capitalize()} other {noun} of this employer {verb} {fact.en}.",
        f"该雇主另有{count}个招聘项目接受{fact.zh}。",
    )
