from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.schemas import integer, params
from ats.eligibility.text import Text

MOST_YEARS = 12


@dataclass(frozen=True)
class StudyYear(Rule):
    """The year of the latest course of study that one is in today; its first twelve months are year 1."""

    least: int
    most: int | None

    kind = "study_year"
    schema = params(
        Text("Year of study", "在读年级"),
        {
            "least": integer(Text("From year", "最低年级"), 1, MOST_YEARS),
            "most": integer(Text("To year", "最高年级"), 1, MOST_YEARS),
        },
        least=1,
    )
    facts = ("study_year",)
    fact_label = Text("when your course of study began", "入学年月")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        rule = cls(params.get("least", 1), params.get("most"))
        if rule.most and rule.least > rule.most:
            raise Invalid("range_empty", _("The least is above the most."), field=f"{at}.most")
        return rule

    def condition(self, bind: Bind, context: Context) -> str:
        begun = f"f.study_year >= {bind(self.least)}"
        return f"{begun} AND f.study_year <= {bind(self.most)}" if self.most else begun

    def bound(self) -> dict[str, Any]:
        return {"least": self.least, "most": self.most} if self.most else {"least": self.least}

    def describe(self) -> Text:
        if self.least == self.most:
            return Text(f"year {self.least} of study", f"在读{self.least}年级")
        if self.most is None:
            return Text(f"year {self.least} of study or later", f"在读{self.least}年级及以上")
        if self.least == 1:
            return Text(f"year {self.most} of study at most", f"在读{self.most}年级及以下")
        return Text(f"year {self.least} to {self.most} of study", f"在读{self.least}至{self.most}年级")

    def describe_fact(self, facts: Facts) -> Text:
        year = facts["study_year"]
        return Text(f"year {year} of study", f"{year}年级")

    def failure(self, facts: Facts, context: Context) -> Reason:
        fact, asked = self.describe_fact(facts), self.describe()
        return Reason(
            "study_year_too_early" if facts["study_year"] < self.least else "study_year_too_late",
            Text(
                f"You are in {fact.en}; asked is {asked.en}.",
                f"您目前为{fact.zh}，要求为{asked.zh}。",
            ),
        )

    def excludes(self, other: Self) -> bool:
        return self.least > (other.most or MOST_YEARS) or other.least > (self.most or MOST_YEARS)
