from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.common.countries import HMT, MAINLAND
from ats.eligibility import schemas
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule, sql_list
from ats.eligibility.text import Text, country, listed

NAMES = {
    "mainland": Text("mainland China", "中国内地"),
    "hmt": Text("Hong Kong, Macao or Taiwan", "港澳台地区"),
    "overseas": Text("a country overseas", "海外"),
}
COUNTRIES = {"mainland": MAINLAND, "hmt": HMT}


@dataclass(frozen=True)
class InstitutionRegion(Rule):
    """Where the institution is: in one of the regions or one of the countries."""

    regions: tuple[str, ...]
    countries: tuple[str, ...]

    kind = "institution_region"
    schema = schemas.params(
        Text("Country of the institution", "院校所在地区"),
        {
            "regions": schemas.several(
                Text("Regions", "地区"), schemas.choice(Text("Region", "地区"), NAMES)
            ),
            "countries": schemas.several(
                Text("Countries", "国家或地区"), schemas.country(Text("Country", "国家或地区"))
            ),
        },
        least=1,
    )
    facts = ("country",)
    fact_label = Text("the country of your institution", "院校所在国家或地区")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls(tuple(params.get("regions", ())), tuple(params.get("countries", ())))

    def condition(self, bind: Bind, context: Context) -> str:
        within = f"f.country = ANY({sql_list(bind, self._named, 'text')})"
        beyond = f"f.country <> ALL({sql_list(bind, MAINLAND + HMT, 'text')})"
        return f"{within} OR {beyond}" if "overseas" in self.regions else within

    def bound(self) -> dict[str, Any]:
        return {"regions": list(self.regions), "countries": list(self.countries)}

    def describe(self) -> Text:
        named = [NAMES[region] for region in self.regions] + [country(code) for code in self.countries]
        regions = listed(named)
        return Text(f"an institution in {regions.en}", f"院校位于{regions.zh}")

    def describe_fact(self, facts: Facts) -> Text:
        name = country(facts["country"])
        return Text(f"institutions in {name.en}", f"{name.zh}的院校")

    def failure(self, facts: Facts, context: Context) -> Reason:
        fact, asked = country(facts["country"]), self.describe()
        return Reason(
            "institution_in_another_region",
            Text(
                f"Your institution is in {fact.en}; asked is {asked.en}.",
                f"您的院校位于{fact.zh}，要求{asked.zh}。",
            ),
        )

    def excludes(self, other: Self) -> bool:
        return not any(self._takes(code) for code in other._named) and not any(
            other._takes(code) for code in self._named
        ) and not ("overseas" in self.regions and "overseas" in other.regions)  # fmt: skip

    @property
    def _named(self) -> tuple[str, ...]:
        """All countries that are named, alone or with their region."""
        return sum((COUNTRIES.get(region, ()) for region in self.regions), self.countries)

    def _takes(self, code: str) -> bool:
        return code in self._named or ("overseas" in self.regions and code not in MAINLAND + HMT)
