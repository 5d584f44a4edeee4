from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ats.eligibility.kinds.base import Context, Facts, Reason
from ats.eligibility.kinds.history import SCOPES
from ats.eligibility.kinds.waits import Wait, wait_schema
from ats.eligibility.text import Text, full_day


@dataclass(frozen=True)
class WaitAfterInterview(Wait):
    """A wait since the last interview in the scope, whatever came of it."""

    kind = "wait_after_interview"
    schema = wait_schema(Text("Wait after an interview", "面试后的等待期"))
    day = "interviewed_on"

    def happened(self) -> str:
        return "h.interviewed_on IS NOT NULL"

    def happened_in(self, row: dict[str, Any]) -> bool:
        return row.get("interviewed_on") is not None

    def describe(self) -> Text:
        scope, period = SCOPES[self.scope], self.period()
        return Text(
            f"no interview {scope.en} within the last {period.en}",
            f"{scope.zh}最近{period.zh}内未参加面试",
        )

    def failure(self, facts: Facts, context: Context) -> Reason:
        last = max(day for day in self.event_days(facts, context) if day)
        fact, asked = full_day(date.fromisoformat(last)), self.describe()
        return Reason(
            "interviewed_too_recently",
            Text(
                f"Your last interview was on {fact.en}; asked is {asked.en}.",
                f"您上一次面试是在{fact.zh}，要求{asked.zh}。",
            ),
            self.free_from(last),
        )
