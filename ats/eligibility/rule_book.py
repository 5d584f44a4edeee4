"""Which rules apply to a posting: its campaign's, its department's and the posting's."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from ats.eligibility.kinds.base import Context
from ats.eligibility.text import Text
from ats.eligibility.trees import NOTHING_ASKED, All, Node, Rules, conjuncts, read_rules, without
from ats.models import Campaign, Posting, RuleSet

SCOPES = ("campaign", "department", "posting")


@dataclass(frozen=True, slots=True)
class Effective:
    """What is asked of who applies to a posting, and the versions that it comes from."""

    posting: Posting
    rules: Rules
    rule_sets: tuple[RuleSet, ...]
    context: Context

    @property
    def tree(self) -> Node:
        return self.rules.required

    @property
    def is_open_to_all(self) -> bool:
        """Whether there is nothing to judge."""
        return self.rules == Rules(NOTHING_ASKED)


def today_of(campaign: Campaign) -> date:
    """The day it is where the season is."""
    return timezone.now().astimezone(ZoneInfo(campaign.time_zone)).date()


def requirements_of(postings: list[Posting]) -> dict[int, Text]:
    """By posting, in one statement: all that is asked of who applies, in one sentence."""
    return {row.posting.pk: row.rules.describe() for row in RuleBook.of(postings).effective(postings)}


def effective_rules(postings: QuerySet[Posting]) -> list[Effective]:
    """The rules of each posting now in force, in two statements."""
    rows = list(postings.select_related("campaign").defer("description", "requirements"))
    return RuleBook.of(rows).effective(rows)


class RuleBook:
    """The rule sets in force of some scopes; a draft may stand in for the one of its scope."""

    def __init__(self, rule_sets: Iterable[RuleSet]) -> None:
        self._sets = {(row.scope, getattr(row, f"{row.scope}_id")): row for row in rule_sets}
        self._combinations: dict[tuple[int, ...], Rules] = {}
        self._read: dict[str, Rules] = {}

    @classmethod
    def of(cls, postings: list[Posting]) -> RuleBook:
        if not postings:
            return cls([])
        scopes = Q(posting__in=[row.pk for row in postings])
        scopes |= Q(campaign__in={row.campaign_id for row in postings})
        scopes |= Q(department__in={row.department_id for row in postings if row.department_id})
        rule_sets = RuleSet.objects.filter(scopes, organisation__in={row.organisation_id for row in postings})
        return cls(rule_sets.current())

    def with_draft(self, draft: RuleSet) -> RuleBook:
        return RuleBook([*self._sets.values(), draft])

    def effective(self, postings: Iterable[Posting]) -> list[Effective]:
        days = {posting.campaign: today_of(posting.campaign) for posting in postings}
        return [self._effective(posting, days[posting.campaign]) for posting in postings]

    def _effective(self, posting: Posting, on: date) -> Effective:
        ids = (posting.campaign_id, posting.department_id, posting.pk)
        found = tuple(self._sets.get(key) for key in zip(SCOPES, ids, strict=True))
        key = tuple(map(id, found))  # a draft has no other identity yet
        if key not in self._combinations:
            self._combinations[key] = self._combined(*found)
        in_force = tuple(row for row in found if row)
        context = Context(posting.campaign_id, posting.department_id, on)
        return Effective(posting, self._combinations[key], in_force, context)

    def _combined(
        self, campaign: RuleSet | None, department: RuleSet | None, posting: RuleSet | None
    ) -> Rules:
        """All three together, but for what the posting sets aside and the campaign lets it.

        When a campaign takes that permission back, its rule applies again.
        """
        waived = set(posting.relaxes) & set(campaign.relaxable) if posting and campaign else set()
        inherited = [self._rules(row) for row in (campaign, department) if row]
        added = [self._rules(posting)] if posting else []
        kept = without(All(tuple(row.required for row in inherited)), lambda rule: rule.kind in waived)
        required = flat(All((kept, *(row.required for row in added))))
        return Rules(required, tuple(node for row in (*inherited, *added) for node in row.preferred))

    def _rules(self, rules: RuleSet) -> Rules:
        """Postings often ask the same: equal trees are read once."""
        text = json.dumps(rules.tree, sort_keys=True)
        if text not in self._read:
            self._read[text] = read_rules(rules.tree)
        return self._read[text]


def flat(node: All) -> Node:
    """The same without the layers that combining leaves."""
    return All(tuple(conjuncts(node)))
