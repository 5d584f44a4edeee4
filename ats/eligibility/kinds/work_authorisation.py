from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.eligibility import schemas
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule, sql_list
from ats.eligibility.text import Text, country, listed

NONE = Text("no country", "无")


@dataclass(frozen=True)
class WorkAuthorisation(Rule):
    """The right to work in one of the countries."""

    countries: tuple[str, ...]

    kind = "work_authorisation"
    schema = schemas.params(
        Text("Right to work", "工作许可"),
        {
            "countries": schemas.several(
                Text("In one of", "任一国家或地区"), schemas.country(Text("Country", "国家或地区"))
            )
        },
        required=("countries",),
    )
    facts = ("work_countries",)
    fact_label = Text("the countries in which you may work", "可合法工作的国家或地区")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls(tuple(params["countries"]))

    def condition(self, bind: Bind, context: Context) -> str:
        return f"jsonb_exists_any(f.work_countries, {sql_list(bind, self.countries, 'text')})"

    def bound(self) -> dict[str, Any]:
        return {"countries": list(self.countries)}

    def describe(self) -> Text:
        countries = listed(country(code) for code in self.countries)
        return Text(f"the right to work in {countries.en}", f"可在{countries.zh}合法工作")

    def describe_fact(self, facts: Facts) -> Text:
        return Text("your right to work", "您的工作许可")

    def failure(self, facts: Facts, context: Context) -> Reason:
        codes, asked = facts["work_countries"], self.describe()
        fact = listed(map(country, codes), en="and", zh="和") if codes else NONE
        return Reason(
            "work_not_authorised",
            Text(
                f"You may work in {fact.en}; asked is {asked.en}.",
                f"您可合法工作的国家或地区：{fact.zh}；要求：{asked.zh}。",
            ),
        )
