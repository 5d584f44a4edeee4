"""Which postings somebody who graduates in a month may look at, whatever else those ask."""

from __future__ import annotations

from django.db.models import QuerySet

from ats.common.months import Span
from ats.eligibility.compiler import QueryCompiler
from ats.eligibility.facts import of_stated
from ats.eligibility.kinds.base import Rule
from ats.eligibility.kinds.graduation import GraduationRule
from ats.eligibility.rule_book import effective_rules
from ats.eligibility.trees import without
from ats.models import Posting


def open_to_graduates(postings: QuerySet[Posting], *, graduation: Span) -> list[int]:
    """The ids of those whose windows of graduation hold a month or a day, in three statements.

    All other rules count as met, and so does a window that holds a part of the month: who asks with
    nothing but a month misses no posting.
    """
    rules = effective_rules(Posting.objects.filter(pk__in=postings.order_by().values("pk")))
    if not rules:
        return []
    compiler = QueryCompiler()
    indexes = [compiler.add(without(row.tree, _is_of_something_else), row.context) for row in rules]
    (facts,) = compiler.run(of_stated([{"graduation": graduation}]))
    return [
        row.posting.pk for row, index in zip(rules, indexes, strict=True) if facts["v"][index] is not False
    ]


def _is_of_something_else(rule: Rule) -> bool:
    return not isinstance(rule, GraduationRule)
