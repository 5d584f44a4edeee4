from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.utils.translation import gettext as _

from ats.common.months import end_of_month
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.params import Params
from ats.eligibility.text import Text, day_before, first_bound, last_bound, listed, month


@dataclass(frozen=True, order=True)
class Window:
    """From `begins` to the day before `ends`: half-open."""

    begins: date
    ends: date

    @classmethod
    def read(cls, params: Params) -> Window:
        window = cls(params.first_day("from"), params.last_day("to") + timedelta(days=1))
        params.finish()
        if window.begins >= window.ends:
            raise params.refusal("window_empty", _("The window ends before it begins."), "to")
        return window

    @property
    def last(self) -> date:
        return day_before(self.ends)

    def overlaps(self, other: Window) -> bool:
        """Whether a month ends in both: a window that holds the end of none does not overlap itself."""
        return end_of_month(max(self.begins, other.begins)) < min(self.ends, other.ends)

    def describe(self) -> Text:
        begins, ends = first_bound(self.begins), last_bound(self.last)
        cut = month(self.last)
        if self.last == end_of_month(self.last):
            return Text(f"from {begins.en} to {ends.en}", f"{begins.zh}至{ends.zh}")
        return Text(
            f"from {begins.en} to {ends.en} (not {cut.en}, whose last day is later)",
            f"{begins.zh}至{ends.zh}（不含{cut.zh}毕业，因该月最后一天在此之后）",
        )


@dataclass(frozen=True)
class GraduationWindow(Rule):
    """Graduation within one of several windows.

    It is known to the month and counts as its last day, so a window that ends on 30 October leaves
    the graduates of October out. Windows are data: the sentence says so wherever it happens.
    """

    windows: tuple[Window, ...]

    kind = "graduation_window"
    facts = ("graduates_on",)
    fact_label = Text("your month of graduation", "毕业年月")

    @classmethod
    def read(cls, params: Params) -> Self:
        windows = sorted(params.objects("ranges", Window.read))
        return cls(tuple(windows))

    def condition(self, bind: Bind, context: Context) -> str:
        return " OR ".join(
            f"(f.graduates_on >= {bind(w.begins)} AND f.graduates_on < {bind(w.ends)})" for w in self.windows
        )

    def bound(self) -> dict[str, Any]:
        return {"ranges": [{"from": str(w.begins), "to": str(w.last)} for w in self.windows]}

    def describe(self) -> Text:
        spans = listed(window.describe() for window in self.windows)
        return Text(f"graduation {spans.en}", f"{spans.zh}毕业")

    def describe_fact(self, facts: Facts) -> Text:
        return month(facts["graduates_on"])

    def failure(self, facts: Facts, context: Context) -> Reason:
        day, fact = facts["graduates_on"], self.describe_fact(facts)
        ended = [window for window in self.windows if window.ends <= day]
        if len(ended) < len(self.windows):
            begins = first_bound(self.windows[len(ended)].begins)
            return Reason(
                "graduation_between_windows" if ended else "graduation_before_window",
                Text(
                    f"Your graduation, {fact.en}, is before this window, which begins in {begins.en}.",
                    f"您的毕业时间（{fact.zh}）早于本次招聘范围，该范围自{begins.zh}起。",
                ),
            )
        last = max(window.last for window in ended)  # of windows within one another, not the newest's
        ends = last_bound(last)
        word = "in" if ends == month(last) else "on"
        return Reason(
            "graduation_after_window",
            Text(
                f"Your graduation, {fact.en}, is after this window, which ends {word} {ends.en}.",
                f"您的毕业时间（{fact.zh}）晚于本次招聘范围，该范围至{ends.zh}止。",
            ),
        )

    def excludes(self, other: Self) -> bool:
        return not any(mine.overlaps(theirs) for mine in self.windows for theirs in other.windows)
