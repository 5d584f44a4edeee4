from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.params import Params
from ats.eligibility.text import Text

MOST_YEARS = 12


@dataclass(frozen=True)
class StudyYear(Rule):
    """The year of the latest course of study that one is in today; its first twelve months are year 1."""

    least: int
    most: int

    kind = "study_year"
    facts = ("study_year",)
    fact_label = Text("when your course of study began", "入学年月")

    @classmethod
    def read(cls, params: Params) -> Self:
        rule = cls(params.integer("least", 1, MOST_YEARS), params.integer("most", 1, MOST_YEARS))
        if rule.least > rule.most:
            raise params.refusal("range_empty", _("The least is above the most."), "most")
        return rule

    def condition(self, bind: Bind, context: Context) -> str:
        return f"f.study_year BETWEEN {bind(self.least)} AND {bind(self.most)}"

    def bound(self) -> dict[str, Any]:
        return {"least": self.least, "most": self.most}

    def describe(self) -> Text:
        if self.least == self.most:
            return Text(f"year {self.least} of study", f"在读{self.least}年级")
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
        return self.least > other.most or other.least > self.most
