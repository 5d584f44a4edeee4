"""The months that the windows of a tree cut: who graduates in one of them has to give the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F

from ats.common.months import end_of_month
from ats.eligibility.kinds.graduation import Window
from ats.eligibility.kinds.graduation_window import GraduationWindow
from ats.eligibility.trees import leaves, read_rules
from ats.models import Education, Organisation, RuleSet


@dataclass(frozen=True, slots=True)
class CutMonth:
    """A month that a window contains in part. `instead` is the window with the whole of it.

    `candidates` counts those of the organisation whose graduation is known to be in that month and no
    better: for them the rule cannot be decided.
    """

    month: str
    candidates: int
    instead: dict[str, str]


def cut_months(rules: RuleSet) -> list[CutMonth]:
    """Of a saved or a drafted rule set, in the order of the months; one statement, none without a cut."""
    read = read_rules(rules.tree)
    windows = {
        window
        for node in (read.required, *read.preferred)
        for leaf in leaves(node)
        if isinstance(leaf.rule, GraduationWindow)
        for window in leaf.rule.windows
    }
    cuts = sorted((month, window) for window in windows for month in window.cut_months())
    known = _known_to_the_month(rules.organisation, (month for month, _window in cuts))
    return [CutMonth(f"{month:%Y-%m}", known[month], _whole(window, month)) for month, window in cuts]


def _whole(window: Window, month: date) -> dict[str, str]:
    """The window as params, with the end that cuts the month moved to the end of the month."""
    bound = window.bound()
    name = "from" if window.begins.replace(day=1) == month and window.begins.day > 1 else "to"
    return {**bound, name: f"{month:%Y-%m}"}


def _known_to_the_month(organisation: Organisation, months: Iterable[date]) -> Counter[date]:
    asked = list(months)
    if not asked:
        return Counter()
    rows = (
        Education.objects.filter(
            candidate__organisation=organisation,
            is_latest=True,
            graduates_from__in=asked,
            graduates_until__in=[end_of_month(month) for month in asked],
        )
        .exclude(graduates_from=F("graduates_until"))
        .values("graduates_from")
        .annotate(count=Count("pk"))
    )
    return Counter({row["graduates_from"]: row["count"] for row in rows if row["graduates_from"]})
