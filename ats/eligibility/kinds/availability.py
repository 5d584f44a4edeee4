from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.kinds.ranges import day_range
from ats.eligibility.schemas import DAYS, WEEKS, integer, params, span
from ats.eligibility.text import Text, full_day, listed

MOST_WEEKS = 104
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Availability(Rule):
    """So many weeks, so many days a week, and a first day within a range; what is None is not asked.

    The range is met when one can begin on any of its days, the first and the last included.
    """

    weeks: int | None
    days_per_week: int | None
    starts: tuple[date, date] | None

    kind = "availability"
    schema = params(
        Text("Availability", "可实习时间"),
        {
            "weeks": integer(Text("For at least", "实习时长不少于"), 1, MOST_WEEKS, unit=WEEKS),
            "days_per_week": integer(Text("Per week at least", "每周不少于"), 1, DAYS_OF_A_WEEK, unit=DAYS),
            "starts": span(Text("First day between", "到岗日期")),
        },
        least=1,
    )
    facts = ("weeks", "days_per_week", "starts_from", "starts_until")
    fact_label = Text("when and for how long you can work", "可实习时间")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        starts = day_range(params["starts"], f"{at}.starts") if "starts" in params else None
        return cls(params.get("weeks"), params.get("days_per_week"), starts)

    def condition(self, bind: Bind, context: Context) -> str:
        parts = []
        if self.weeks:
            parts.append(f"f.weeks >= {bind(self.weeks)}")
        if self.days_per_week:
            parts.append(f"f.days_per_week >= {bind(self.days_per_week)}")
        if self.starts:
            first, last = map(bind, self.starts)
            # Who says that the last day comes before the first has no day at all.
            parts.append(f"f.starts_from <= {last} AND f.starts_until >= {first}")
            parts.append("f.starts_from <= f.starts_until")
        return " AND ".join(parts)

    def bound(self) -> dict[str, Any]:
        asked: dict[str, Any] = {"weeks": self.weeks, "days_per_week": self.days_per_week}
        if self.starts:
            asked["starts"] = {"from": str(self.starts[0]), "to": str(self.starts[1])}
        return {name: value for name, value in asked.items() if value}

    def describe(self) -> Text:
        return Text(
            f"available {listed(self._parts(), en='and').en}",
            f"可实习：{listed(self._parts(), zh='、').zh}",
        )

    def describe_fact(self, facts: Facts) -> Text:
        return Text("your availability", "您的可实习时间")

    def failure(self, facts: Facts, context: Context) -> Reason:
        lacks = [(self.weeks, "weeks"), (self.days_per_week, "days_per_week")]
        short = [name for asked, name in lacks if asked and (facts[name] or asked) < asked]
        asked = self.describe()
        return Reason(
            f"availability_{short[0]}_too_few" if short else "availability_starts_elsewhen",
            Text(
                f"You are not available as asked: {asked.en}.",
                f"您的可实习时间不符合要求（{asked.zh}）。",
            ),
            Text("It would be met if you could work as asked.", "若您的时间能满足上述要求即可。"),
        )

    def excludes(self, other: Self) -> bool:
        if not self.starts or not other.starts:
            return False
        return self.starts[0] > other.starts[1] or other.starts[0] > self.starts[1]

    def _parts(self) -> list[Text]:
        parts = []
        if self.weeks:
            parts.append(Text(f"for {self.weeks} weeks", f"至少{self.weeks}周"))
        if self.days_per_week:
            parts.append(Text(f"{self.days_per_week} days a week", f"每周至少{self.days_per_week}天"))
        if self.starts:
            first, last = map(full_day, self.starts)
            parts.append(Text(f"from a day between {first.en} and {last.en}", f"{first.zh}至{last.zh}间到岗"))
        return parts
