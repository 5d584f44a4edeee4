from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from ats.eligibility.kinds.base import Bind, Context, Facts, Reason
from ats.eligibility.kinds.history import MOST_DAYS, SCOPE, SCOPES, LooksBack, count_of, days_after, past
from ats.eligibility.schemas import DAYS, integer, params
from ats.eligibility.text import Text, full_day


@dataclass(frozen=True)
class ApplicationLimit(LooksBack):
    """At most so many applications in a scope, within the last `days` or ever.

    Withdrawn ones count: the limit is on applying.
    """

    most: int
    scope: str
    days: int | None

    kind = "application_limit"
    schema = params(
        Text("Limit of applications", "投递次数上限"),
        {
            "most": integer(Text("At most", "最多次数"), 1, 1000),
            "scope": SCOPE,
            "days": integer(Text("Within the last", "最近"), 1, MOST_DAYS, unit=DAYS),
        },
        required=("most", "scope"),
    )

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls(params["most"], params["scope"], params.get("days"))

    def condition(self, bind: Bind, context: Context) -> str:
        where = "true"
        if self.days:
            where = f"h.applied_on > {bind(context.on - timedelta(days=self.days))}"
        return f"{count_of(bind, context, scope=self.scope, where=where)} < {bind(self.most)}"

    def bound(self) -> dict[str, Any]:
        asked = {"most": self.most, "scope": self.scope, "days": self.days}
        return {name: value for name, value in asked.items() if value}

    def describe(self) -> Text:
        scope = SCOPES[self.scope]
        noun = "application" if self.most == 1 else "applications"
        within = Text(f" within {self.days} days", f"{self.days}天内") if self.days else Text("", "")
        return Text(
            f"at most {self.most} {noun} {scope.en}{within.en}",
            f"{scope.zh}{within.zh}最多投递{self.most}次",
        )

    def failure(self, facts: Facts, context: Context) -> Reason:
        asked = self.describe()
        return Reason(
            "application_limit_reached",
            Text(
                f"You have reached the limit: {asked.en}.",
                f"您的投递次数已达上限：{asked.zh}。",
            ),
            self._remedy(facts, context),
        )

    def _remedy(self, facts: Facts, context: Context) -> Text | None:
        """The day on which so many of the applications are long enough ago."""
        if self.days is None:
            return None
        days = sorted(row["applied_on"] for row in past(facts, context, scope=self.scope))
        free = full_day(days_after(days[-self.most], self.days))
        return Text(f"You may apply from {free.en}.", f"自{free.zh}起可再次投递。")
