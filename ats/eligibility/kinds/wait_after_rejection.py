from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ats.eligibility.kinds.base import Context, Facts, Reason
from ats.eligibility.kinds.history import SCOPES
from ats.eligibility.kinds.waits import Wait, wait_schema
from ats.eligibility.text import Text, full_day
from ats.models import ApplicationState


@dataclass(frozen=True)
class WaitAfterRejection(Wait):
    """A wait since the last rejection in the scope."""

    kind = "wait_after_rejection"
    schema = wait_schema(Text("Wait after a rejection", "被拒后的等待期"))
    day = "ended_on"

    def happened(self) -> str:
        return f"h.state = '{ApplicationState.REJECTED}'"

    def happened_in(self, row: dict[str, Any]) -> bool:
        return bool(row["state"] == ApplicationState.REJECTED)

    def describe(self) -> Text:
        scope, period = SCOPES[self.scope], self.period()
        return Text(
            f"no rejection {scope.en} within the last {period.en}",
            f"{scope.zh}最近{period.zh}内未被拒绝",
        )

    def failure(self, facts: Facts, context: Context) -> Reason:
        days, asked = self.event_days(facts, context), self.describe()
        known = [day for day in days if day]
        if len(known) < len(days):
            return Reason(
                "rejected_when_unknown",
                Text(
                    f"An application of yours was rejected on an unknown day; asked is {asked.en}.",
                    f"您有一次被拒绝的投递未注明日期，要求{asked.zh}。",
                ),
                Text("Say on which day it was rejected.", "请注明被拒绝的日期。"),
            )
        fact = full_day(date.fromisoformat(max(known)))
        return Reason(
            "rejected_too_recently",
            Text(
                f"Your last application ended on {fact.en}; asked is {asked.en}.",
                f"您上一次投递于{fact.zh}结束，要求{asked.zh}。",
            ),
            self.free_from(max(known)),
        )
