from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from ats.common.json_schemas import ID, LONGEST_TEXT
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule, sql_list
from ats.eligibility.schemas import params, several, text, titled
from ats.eligibility.text import Text

# A name is replaced by its id when the rule is saved.
ID_OR_NAME = ID | {
    "type": ["integer", "string"],
    "minLength": 1,
    "maxLength": LONGEST_TEXT,
    "format": "institution",
}
CHOOSE = Text(
    "Choose your institution from the list of institutions (/institutions/?text=…), and write its name and"
    " country in your profile.",
    "请在院校名录（/institutions/?text=…）中选择您的院校，并在个人资料中填写其名称和所在国家或地区。",
)


def choose_institution(reason: Reason) -> Reason:
    """The same reason with the way out: the list that an institution can be chosen from."""
    return replace(reason, remedy=CHOOSE)


@dataclass(frozen=True)
class InstitutionList(Rule):
    """One of a list of institutions. `name` and `name_zh` are what people call the list.

    Institutions are kept by id. Whoever saves the rule may name them instead: `named_institutions`.
    """

    institutions: tuple[int, ...]
    name: str
    name_zh: str

    kind = "institution"
    schema = params(
        Text("Institutions by name", "指定院校"),
        {
            "institutions": several(
                Text("Institutions", "院校"),
                titled(Text("Institution", "院校"), ID_OR_NAME),
            ),
            "name": text(Text("Name of the list", "名单名称（英文）")),
            "name_zh": text(Text("Chinese name of the list", "名单名称（中文）")),
        },
        required=("institutions", "name", "name_zh"),
    )
    facts = ("institution",)
    fact_label = Text("an institution that is listed", "名录中的院校")

    def unknown(self, facts: Facts, context: Context) -> Reason:
        return choose_institution(super().unknown(facts, context))

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        ids = tuple(sorted(params["institutions"]))
        return cls(ids, params["name"].strip(), params["name_zh"].strip())

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
