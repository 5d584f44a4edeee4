"""What the rules share that ask for a graduation within windows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ats.common.months import Span, day_before, end_of_month
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.text import Text, first_bound, full_day, last_bound, month

OPEN_START, OPEN_END = date.min, date.max


@dataclass(frozen=True, order=True)
class Window:
    """From `begins` to the day before `ends`. `date.min` and `date.max` leave it open."""

    begins: date
    ends: date

    @property
    def last(self) -> date:
        return day_before(self.ends)

    def overlaps(self, other: Window) -> bool:
        return max(self.begins, other.begins) < min(self.ends, other.ends)

    def sql(self) -> str:
        """As PostgreSQL writes a range."""
        begins = "" if self.begins == OPEN_START else self.begins
        ends = "" if self.ends == OPEN_END else self.ends
        return f"[{begins},{ends})"

    def bound(self) -> dict[str, str]:
        ends = {"from": self.begins} if self.begins > OPEN_START else {}
        ends |= {"to": self.last} if self.ends < OPEN_END else {}
        return {name: day.isoformat() for name, day in ends.items()}

    def describe(self) -> Text:
        begins, ends = first_bound(self.begins), last_bound(self.last)
        if self.ends == OPEN_END:
            return Text(f"in {begins.en} or later" if self.begins.day == 1 else f"on {begins.en} or later",
                        f"{begins.zh}及以后")  # fmt: skip
        if self.begins == OPEN_START:
            return Text(f"by {ends.en}", f"{ends.zh}及以前")
        return Text(f"from {begins.en} to {ends.en}", f"{begins.zh}至{ends.zh}")

    def cut_months(self) -> list[date]:
        """The first days of the months that it contains in part."""
        cuts = [self.begins] if self.begins > OPEN_START and self.begins.day > 1 else []
        if self.ends < OPEN_END and self.last != end_of_month(self.last):
            cuts.append(self.last)
        return [day.replace(day=1) for day in cuts]


class GraduationRule(Rule):
    """Three outcomes. A graduation is known to the month or to the day: all its days within a window are
    met, none is not met, and a month that a window cuts is unknown until the day is given.
    """

    facts: ClassVar[tuple[str, ...]] = ("graduation",)
    fact_label = Text("your month of graduation", "毕业年月")

    @abstractmethod
    def windows_on(self, on: date) -> tuple[Window, ...]:
        """The windows, in their order, on a day."""

    def condition(self, bind: Bind, context: Context) -> str:
        windows = f"{bind(multirange(self.windows_on(context.on)))}::datemultirange"
        return (
            f"CASE WHEN f.graduation <@ {windows} THEN true WHEN NOT f.graduation && {windows} THEN false END"
        )

    def describe_fact(self, facts: Facts) -> Text:
        return span_text(facts["graduation"])

    def failure(self, facts: Facts, context: Context) -> Reason:
        known: Span = facts["graduation"]
        fact, windows = span_text(known), self.windows_on(context.on)
        ended = [window for window in windows if window.ends <= known.first]
        if len(ended) < len(windows):
            begins = first_bound(windows[len(ended)].begins)
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

    def unknown(self, facts: Facts, context: Context) -> Reason:
        known: Span | None = facts["graduation"]
        if known is None:
            return super().unknown(facts, context)
        fact, asked = span_text(known), self.describe()
        return Reason(
            "graduation_day_unknown",
            Text(
                f"Not every day of {fact.en} will do; asked is {asked.en}.",
                f"{fact.zh}内并非每一天都符合要求；要求：{asked.zh}。",
            ),
            Text("Give the day of your graduation.", "请填写具体毕业日期。"),
        )


def multirange(windows: Iterable[Window]) -> str:
    return f"{{{','.join(window.sql() for window in windows)}}}"


def span_text(span: Span) -> Text:
    return full_day(span.first) if span.is_day else month(span.first)
