"""Compiled rules, kept in the process while nothing that they depend on has changed.

1. One small statement reads a fingerprint: the rule sets of the organisations, and which postings accept
   applications now, with what their rules depend on. Rule sets are never changed, only added to.
2. The fingerprint and the day are the key. So the answer after a change is exact, in every process, without
   anything that would have to be invalidated.
3. Under a new key the rules are read, combined and compiled; the oldest matcher goes when there are too many.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import NamedTuple

from django.db.models import Count, DecimalField, Func, Max, QuerySet, Sum

from ats.eligibility.rule_book import effective_rules, today_of
from ats.eligibility.trees import Node, Rules
from ats.eligibility.verdicts.matching import PostingMatcher
from ats.models import Campaign, Posting, RuleSet

MOST_KEPT = 16
# All of a posting that its rules in force depend on. A sum needs no order, and costs nothing to sort.
DIGEST = Sum(
    Func(
        "pk",
        "campaign_id",
        "department_id",
        template="hash_record_extended(ROW(%(expressions)s), 0)::numeric",
        output_field=DecimalField(),
    )
)

Reduction = Callable[[Node], Node]


class Key(NamedTuple):
    """What the compiled rules of some postings depend on."""

    reduced: Reduction | None
    organisations: tuple[int, ...]
    newest_rules: int | None
    rules: int
    postings: int
    digest: Decimal | None
    days: tuple[tuple[int, date], ...]


_kept: OrderedDict[Key, PostingMatcher] = OrderedDict()
_lock = Lock()


def matcher_of(
    postings: QuerySet[Posting], campaigns: list[Campaign], *, reduced: Reduction | None = None
) -> PostingMatcher:
    """The matcher of postings of these campaigns, newest first; with `reduced` of a part of each tree."""
    key = _key(postings, campaigns, reduced)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    rules = effective_rules(postings.order_by("-pk"))
    if reduced:
        rules = [replace(row, rules=Rules(reduced(row.tree))) for row in rules]
    made = PostingMatcher(rules)
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _key(postings: QuerySet[Posting], campaigns: list[Campaign], reduced: Reduction | None) -> Key:
    organisations = tuple(sorted({campaign.organisation_id for campaign in campaigns}))
    # Ids may commit out of their order, so the newest alone would miss one.
    rules = RuleSet.objects.filter(organisation__in=organisations).aggregate(
        newest=Max("pk"), count=Count("pk")
    )
    found = postings.order_by().aggregate(count=Count("pk"), digest=DIGEST)
    days = tuple((campaign.pk, today_of(campaign)) for campaign in campaigns)
    return Key(reduced, organisations, rules["newest"], rules["count"], found["count"], found["digest"], days)
