from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from ats.eligibility.kinds.application_limit import MOST_DAYS
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason
from ats.eligibility.kinds.history import SCOPES, LooksBack, count_of, days_after, past
from ats.eligibility.params import Params
from ats.eligibility.text import Text, full_day


@dataclass(frozen=True)
class WaitAfterRejection(LooksBack):
    """`days` full days since the last rejection in the scope: the day after them is the first allowed."""

    days: int
    scope: str

    kind = "wait_after_rejection"

    @classmethod
    def read(cls, params: Params) -> Self:
        return cls(params.integer("days", 1, MOST_DAYS), params.choice("scope", SCOPES))

    def condition(self, bind: Bind, context: Context) -> str:
        since = bind(context.on - timedelta(days=self.days))
        # Without a last day nobody can say that it is long ago.
        where = f"h.state = 'rejected' AND (h.ended_on < {since}) IS NOT TRUE"
        return f"{count_of(bind, context, scope=self.scope, where=where)} = 0"

    def bound(self) -> dict[str, Any]:
        return {"days": self.days, "scope": self.scope}

    def describe(self) -> Text:
        scope = SCOPES[self.scope]
        return Text(
            f"no rejection {scope.en} within the last {self.days} days",
            f"{scope.zh}最近{self.days}天内未被拒绝",
        )

    def failure(self, facts: Facts, context: Context) -> Reason:
        rows = past(facts, context, scope=self.scope)
        ended = [row["ended_on"] for row in rows if row["state"] == "rejected"]
        if None in ended:
            return self._undated()
        last = max(ended)
        fact, asked = full_day(date.fromisoformat(last)), self.describe()
        free = full_day(days_after(last, self.days + 1))
        return Reason(
            "rejected_too_recently",
            Text(
                f"Your last application ended on {fact.en}; asked is {asked.en}.",
                f"您上一次投递于{fact.zh}结束，要求{asked.zh}。",
            ),
            Text(f"You may apply from {free.en}.", f"自{free.zh}起可再次投递。"),
        )

    def _undated(self) -> Reason:
        asked = self.describe()
        return Reason(
            "rejected_when_unknown",
            Text(
                f"An application of yours was rejected on an unknown day; asked is {asked.en}.",
                f"您有一次被拒绝的投递未注明日期，要求{asked.zh}。",
            ),
            Text("Say on which day it was rejected.", "请注明被拒绝的日期。"),
        )
