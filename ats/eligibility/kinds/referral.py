from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.schemas import params
from ats.eligibility.text import Text


@dataclass(frozen=True)
class NeedsReferral(Rule):
    """A referral code of the employer that is good for the campaign."""

    kind = "referral"
    schema = params(Text("Referral by an employee", "员工内推"))
    facts = ("referral",)
    fact_label = Text("your referral code", "内推码")
    has_alternatives = False

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls()

    def condition(self, bind: Bind, context: Context) -> str:
        return "f.referral"

    def bound(self) -> dict[str, Any]:
        return {}

    def describe(self) -> Text:
        return Text("a referral by an employee", "需员工内推")

    def failure(self, facts: Facts, context: Context) -> Reason:
        return Reason(
            "referral_missing",
            Text("This posting needs a referral code.", "该岗位需要内推码。"),
            Text("A code from an employee would change it.", "填写员工提供的内推码即可。"),
        )
