from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from ats.common.degrees import LEVELS
from ats.common.errors import Invalid
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.schemas import choice, params
from ats.eligibility.text import Text

NAMES = (
    Text("secondary school", "高中"),
    Text("an associate degree", "大专"),
    Text("a bachelor's degree", "本科"),
    Text("a master's degree", "硕士"),
    Text("a doctorate", "博士"),
)
LABELS = dict(zip(LEVELS, NAMES, strict=True))


@dataclass(frozen=True)
class DegreeLevel(Rule):
    """The degree that the latest course of study leads to, at least and at most."""

    least: int
    most: int

    kind = "degree"
    schema = params(
        Text("Degree", "学历"),
        {
            "least": choice(Text("At least", "最低学历"), LABELS),
            "most": choice(Text("At most", "最高学历"), LABELS),
        },
        least=1,
    )
    facts = ("degree",)
    fact_label = Text("the degree that you study for", "学历层次")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        least, most = params.get("least", LEVELS[0]), params.get("most", LEVELS[-1])
        rule = cls(LEVELS.index(least) + 1, LEVELS.index(most) + 1)
        if rule.least > rule.most:
            raise Invalid("range_empty", _("The least is above the most."), field=f"{at}.most")
        return rule

    def condition(self, bind: Bind, context: Context) -> str:
        return f"f.degree BETWEEN {bind(self.least)} AND {bind(self.most)}"

    def bound(self) -> dict[str, Any]:
        return {"least": LEVELS[self.least - 1], "most": LEVELS[self.most - 1]}

    def describe(self) -> Text:
        least, most = NAMES[self.least - 1], NAMES[self.most - 1]
        if self.least == self.most:
            return Text(least.en, f"{least.zh}学历")
        if self.most == len(LEVELS):
            return Text(f"{least.en} or higher", f"{least.zh}及以上学历")
        if self.least == 1:
            return Text(f"{most.en} at most", f"{most.zh}及以下学历")
        return Text(f"{least.en} to {most.en}", f"{least.zh}至{most.zh}学历")

    def describe_fact(self, facts: Facts) -> Text:
        return NAMES[facts["degree"] - 1]

    def failure(self, facts: Facts, context: Context) -> Reason:
        fact, asked = self.describe_fact(facts), self.describe()
        code, en, zh = ("low", "below", "低于") if facts["degree"] < self.least else ("high", "above", "高于")
        return Reason(
            f"degree_too_{code}",
            Text(
                f"Your degree, {fact.en}, is {en} what is asked: {asked.en}.",
                f"您的学历（{fact.zh}）{zh}要求：{asked.zh}。",
            ),
        )

    def excludes(self, other: Self) -> bool:
        return self.least > other.most or other.least > self.most
