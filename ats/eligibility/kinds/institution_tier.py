from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.common.tiers import TIERS
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule, sql_list
from ats.eligibility.kinds.institution import choose_institution
from ats.eligibility.schemas import choice, params, several
from ats.eligibility.text import Text, listed

NONE = Text("none of the lists", "无")
LABELS = {code: Text(*names) for code, names in TIERS.items()}


@dataclass(frozen=True)
class InstitutionTier(Rule):
    """An institution that a public list names, such as 985, 211 or 双一流.

    One that is known and in no list is not met; one that is not listed at all cannot be judged.
    """

    tiers: tuple[str, ...]

    kind = "institution_tier"
    schema = params(
        Text("Public list of institutions", "院校层次"),
        {"tiers": several(Text("Lists", "名单"), choice(Text("List", "名单"), LABELS))},
        required=("tiers",),
    )
    facts = ("tiers",)
    fact_label = Text("an institution that is listed", "名录中的院校")

    def unknown(self, facts: Facts, context: Context) -> Reason:
        return choose_institution(super().unknown(facts, context))

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls(tuple(sorted(params["tiers"])))

    def condition(self, bind: Bind, context: Context) -> str:
        return f"f.tiers && {sql_list(bind, self.tiers, 'text')}"

    def bound(self) -> dict[str, Any]:
        return {"tiers": list(self.tiers)}

    def describe(self) -> Text:
        tiers = listed(LABELS[tier] for tier in self.tiers)
        return Text(f"an institution of the list {tiers.en}", f"{tiers.zh}院校")

    def describe_fact(self, facts: Facts) -> Text:
        return Text("your institution", "您的院校")

    def failure(self, facts: Facts, context: Context) -> Reason:
        asked = self.describe()
        known = [LABELS.get(tier, Text(tier, tier)) for tier in facts["tiers"]]
        tiers = listed(known, en="and", zh="和") if known else NONE
        return Reason(
            "institution_not_in_tier",
            Text(
                f"Your institution is in {tiers.en}; asked is {asked.en}.",
                f"您的院校入选：{tiers.zh}；要求：{asked.zh}。",
            ),
        )
