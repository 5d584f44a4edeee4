"""Which postings somebody who graduates in a month may look at, whatever else those ask."""

from __future__ import annotations

from ats.common.months import Span
from ats.eligibility.facts import of_stated
from ats.eligibility.kinds.base import Rule
from ats.eligibility.kinds.graduation import GraduationRule
from ats.eligibility.trees import Node, without
from ats.eligibility.verdicts.matchers import matcher_of
from ats.models import Campaign, Posting


def open_to_graduates(graduation: Span) -> list[int]:
    """The ids of the open postings whose windows of graduation contain a month or a day.

    All other rules count as met, and so does a window that contains the month in part: who asks with
    nothing but a month misses no posting. The compiled rules are kept, see `matchers`.
    """
    postings = Posting.objects.accepting()
    campaigns = list(Campaign.objects.filter(pk__in=postings.values("campaign")).order_by("pk"))
    matcher = matcher_of(postings, campaigns, reduced=graduation_alone)
    return matcher.possible(of_stated([{"graduation": graduation}]))


def graduation_alone(tree: Node) -> Node:
    """What a tree asks of the graduation."""
    return without(tree, _is_of_something_else)


def _is_of_something_else(rule: Rule) -> bool:
    return not isinstance(rule, GraduationRule)
