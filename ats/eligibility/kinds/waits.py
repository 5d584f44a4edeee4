"""What the rules share that ask for a wait after something in an earlier application."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from ats.common.json_schemas import Schema
from ats.common.months import months_after
from ats.eligibility.kinds.base import Bind, Context, Facts
from ats.eligibility.kinds.history import MOST_DAYS, SCOPE, LooksBack, count_of, past
from ats.eligibility.schemas import DAYS, MONTHS, integer, params
from ats.eligibility.text import Text, full_day

MOST_MONTHS = 120


def wait_schema(title: Text) -> Schema:
    properties = {
        "days": integer(Text("Wait", "等待"), 1, MOST_DAYS, unit=DAYS),
        "months": integer(Text("Wait", "等待"), 1, MOST_MONTHS, unit=MONTHS),
        "scope": SCOPE,
    }
    return params(title, properties, required=("scope",), least=2) | {"maxProperties": 2}


@dataclass(frozen=True)
class Wait(LooksBack):
    """Full days or months since the last event in the scope: the day after them is the first allowed."""

    days: int
    months: int
    scope: str

    # The column of the history that has the day of the event.
    day: ClassVar[str]

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls(params.get("days", 0), params.get("months", 0), params["scope"])

    def condition(self, bind: Bind, context: Context) -> str:
        wait = f"make_interval(months => {bind(self.months)}, days => {bind(self.days)})"
        # Without a day nobody can say that it is long ago.
        recent = f"((h.{self.day} + {wait})::date < {bind(context.on)}) IS NOT TRUE"
        where = f"{self.happened()} AND {recent}"
        return f"{count_of(bind, context, scope=self.scope, where=where)} = 0"

    @abstractmethod
    def happened(self) -> str:
        """SQL over a row `h` of the history: whether the event happened at all."""

    @abstractmethod
    def happened_in(self, row: dict[str, Any]) -> bool:
        """The same of a row of the fact."""

    def bound(self) -> dict[str, Any]:
        asked = {"days": self.days, "months": self.months, "scope": self.scope}
        return {name: value for name, value in asked.items() if value}

    def period(self) -> Text:
        if self.days:
            return Text(f"{self.days} days", f"{self.days}天")
        return Text(f"{self.months} months", f"{self.months}个月")

    def event_days(self, facts: Facts, context: Context) -> list[str | None]:
        rows = past(facts, context, scope=self.scope)
        return [row[self.day] for row in rows if self.happened_in(row)]

    def free_from(self, day: str) -> Text:
        """The first day on which one may apply again, as a remedy."""
        last = date.fromisoformat(day)
        try:
            free = months_after(last, self.months) + timedelta(days=self.days + 1)
        except (OverflowError, ValueError):  # the calendar ends before the wait does
            free = date.max
        shown = full_day(free)
        return Text(f"You may apply from {shown.en}.", f"自{shown.zh}起可再次投递。")
