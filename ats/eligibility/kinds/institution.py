from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule, sql_list
from ats.eligibility.params import Params
from ats.eligibility.text import Text


@dataclass(frozen=True)
class InstitutionList(Rule):
    """One of a list of institutions, by id. `name` and `name_zh` are what people call the list."""

    institutions: tuple[int, ...]
    name: str
    name_zh: str

    kind = "institution"
    facts = ("institution",)
    fact_label = Text("an institution that is listed", "名录中的院校")

    @classmethod
    def read(cls, params: Params) -> Self:
        ids = tuple(sorted(set(params.ids("institutions"))))
        return cls(ids, params.text("name"), params.text("name_zh"))

    def condition(self, bind: Bind, context: Context) -> str:
        return f"f.institution = ANY({sql_list(bind, self.institutions, 'bigint')})"

    def bound(self) -> dict[str, Any]:
        return {"institutions": list(self.institutions), "name": self.name, "name_zh": self.name_zh}

    def describe(self) -> Text:
        return Text(f"an institution of {self.name}", f"院校属于{self.name_zh}")

    def describe_fact(self, facts: Facts) -> Text:
        return Text("your institution", "您的院校")

    def failure(self, facts: Facts, context: Context) -> Reason:
        return Reason(
            "institution_not_in_list",
            Text(f"Your institution is not one of {self.name}.", f"您的院校不属于{self.name_zh}。"),
        )

    def excludes(self, other: Self) -> bool:
        return not set(self.institutions) & set(other.institutions)
