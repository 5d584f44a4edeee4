from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.schemas import params
from ats.eligibility.text import Text


@dataclass(frozen=True)
class NotEmployed(Rule):
    """No employment contract now, nor one since graduation."""

    kind = "not_employed"
    schema = params(Text("Not employed yet", "未就业"))
    facts = ("is_employed",)
    fact_label = Text("whether you are or were employed since you graduated", "毕业后是否已就业")
    has_alternatives = False

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls()

    def condition(self, bind: Bind, context: Context) -> str:
        return "NOT f.is_employed"

    def bound(self) -> dict[str, Any]:
        return {}

    def describe(self) -> Text:
        return Text("not employed since graduation", "毕业后未就业")

    def failure(self, facts: Facts, context: Context) -> Reason:
        return Reason(
            "employed_already",
            Text("You are employed already, or were since you graduated.", "您毕业后已就业。"),
        )
