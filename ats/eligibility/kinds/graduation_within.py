from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.common.months import day_named, months_after
from ats.eligibility.kinds.graduation import OPEN_END, OPEN_START, GraduationRule, Window
from ats.eligibility.schemas import MONTHS, integer, params, titled
from ats.eligibility.text import Text, full_day

FARTHEST = 240


@dataclass(frozen=True)
class GraduationWithin(GraduationRule):
    """Graduation so many months before or after a day: today, or the day on which the work begins.

    `first` and `last` are months from that day, negative before it; None leaves that end open.
    """

    first: int | None
    last: int | None
    start: date | None

    kind = "graduation_within"
    uses_context: ClassVar[bool] = True
    schema = params(
        Text("Graduation relative to a day", "相对毕业时间"),
        {
            "from_months": integer(
                Text("Not before (negative: before the day)", "最早（负数表示该日之前）"),
                -FARTHEST, FARTHEST, unit=MONTHS,
            ),
            "to_months": integer(
                Text("Not after (negative: before the day)", "最晚（负数表示该日之前）"),
                -FARTHEST, FARTHEST, unit=MONTHS,
            ),
            "start": titled(
                Text("Day the work begins (left out: today)", "入职日期（不填则为今天）"),
                {"type": "string", "format": "date"},
            ),
        },
        least=1,
    )  # fmt: skip

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        rule = cls(params.get("from_months"), params.get("to_months"), day_named(params.get("start", "")))
        if rule.first is None and rule.last is None:
            raise Invalid("param_missing", _("This parameter is missing."), field=f"{at}.to_months")
        if rule.first is not None and rule.last is not None and rule.first > rule.last:
            raise Invalid("range_empty", _("The least is above the most."), field=f"{at}.to_months")
        return rule

    def windows_on(self, on: date) -> tuple[Window, ...]:
        day = self.start or on
        begins = OPEN_START if self.first is None else months_after(day, self.first)
        ends = OPEN_END if self.last is None else months_after(day, self.last) + timedelta(days=1)
        return (Window(begins, ends),)

    def bound(self) -> dict[str, Any]:
        asked = {"from_months": self.first, "to_months": self.last, "start": self.start}
        return {name: str(v) if name == "start" else v for name, v in asked.items() if v is not None}

    def describe(self) -> Text:
        if self.start is None and (self.first, self.last) == (self.first, 0) and self.first is not None:
            months = -self.first
            return Text(f"graduated within the last {months} months", f"毕业{months}个月以内")
        if self.start is None and self.first == 0 and self.last is not None:
            return Text(f"graduation within the next {self.last} months", f"{self.last}个月内毕业")
        return self._between()

    def _between(self) -> Text:
        first = None if self.first is None else self._moment(self.first)
        last = None if self.last is None else self._moment(self.last)
        if first and last:
            return Text(f"graduation from {first.en} to {last.en}", f"{first.zh}至{last.zh}之间毕业")
        if first:
            return Text(f"graduation not before {first.en}", f"不早于{first.zh}毕业")
        assert last
        return Text(f"graduation not after {last.en}", f"不晚于{last.zh}毕业")

    def _moment(self, months: int) -> Text:
        start = full_day(self.start) if self.start else None
        day = Text(f"the start on {start.en}", f"入职日（{start.zh}）") if start else Text("today", "今天")
        if months == 0:
            return day
        count, (en, zh) = abs(months), ("after", "后") if months > 0 else ("before", "前")
        return Text(f"{count} months {en} {day.en}", f"{day.zh}{zh}{count}个月")
