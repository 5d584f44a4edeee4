from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.common.grades import RANK, scale_key
from ats.eligibility.kinds.base import Bind, Context, Facts, Reason, Rule
from ats.eligibility.schemas import PERCENT, number, params
from ats.eligibility.text import Text


@dataclass(frozen=True)
class Grade(Rule):
    """A grade of at least `least` on a scale, or a rank within the best `top` percent of the class.

    A grade of another scale is not converted: the rule is unknown until one of its scale is given.
    """

    least: float | None
    scale: float | None
    top: float | None

    kind = "grade"
    schema = params(
        Text("Grade", "成绩"),
        {
            "least": number(Text("At least", "不低于"), 0, 100),
            "scale": number(
                Text("Of (4 for a GPA of 4.0, 100 for percent)", "满分（如4.0绩点填4，百分制填100）"), 1, 100
            ),
            "top_percent": number(Text("Within the best of the class", "年级排名前"), 0.1, 100, unit=PERCENT),
        },
        least=1,
        together={"least": ["scale"], "scale": ["least"]},
    )
    facts = ("grades",)
    fact_label = Text("your grade", "成绩")

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        rule = cls(params.get("least"), params.get("scale"), params.get("top_percent"))
        if rule.top is not None and rule.scale is not None:
            sentence = _("These do not go together: %(names)s.") % {"names": "scale, top_percent"}
            raise Invalid("too_many_params", sentence, field=at)
        if rule.least is not None and rule.scale is not None and rule.least > rule.scale:
            raise Invalid("range_empty", _("The least is above the most."), field=f"{at}.least")
        return rule

    @property
    def _key(self) -> str:
        return RANK if self.scale is None else scale_key(self.scale)

    def condition(self, bind: Bind, context: Context) -> str:
        known = f"(f.grades ->> {bind(self._key)})::float8"
        if self.top is not None:
            return f"{known} <= {bind(self.top)}"
        return f"{known} >= {bind(self.least)}"

    def bound(self) -> dict[str, Any]:
        asked = {"least": self.least, "scale": self.scale, "top_percent": self.top}
        return {name: value for name, value in asked.items() if value is not None}

    def describe(self) -> Text:
        if self.top is not None:
            return Text(f"a rank in the best {self.top:g} % of the class", f"排名前{self.top:g}%")
        if self.scale == 100:  # noqa: PLR2004  (percent)
            return Text(
                f"an average of at least {self.least:g} %", f"平均成绩不低于{self.least:g}分（百分制）"
            )
        return Text(
            f"a grade of at least {self.least:g} of {self.scale:g}",
            f"绩点不低于{self.least:g}（满分{self.scale:g}）",
        )

    def describe_fact(self, facts: Facts) -> Text:
        known = facts["grades"][self._key]
        if self.top is not None:
            return Text(f"a rank in the best {known:.3g} %", f"排名前{known:.3g}%")
        return Text(f"{known:g} of {self.scale:g}", f"{known:g}（满分{self.scale:g}）")

    def failure(self, facts: Facts, context: Context) -> Reason:
        fact, asked = self.describe_fact(facts), self.describe()
        return Reason(
            "grade_too_low",
            Text(
                f"Your grade is {fact.en}; asked is {asked.en}.", f"您的成绩：{fact.zh}；要求：{asked.zh}。"
            ),
        )

    def unknown(self, facts: Facts, context: Context) -> Reason:
        asked = self.describe()
        scale = Text(f" of {self.scale:g}", f"（满分{self.scale:g}）") if self.scale else Text("", "")
        noun = Text("your rank in the class", "年级排名") if self.top else Text("your grade", "成绩")
        return Reason(
            "grade_unknown",
            Text(
                f"This cannot be decided without {noun.en}; asked is {asked.en}.",
                f"缺少{noun.zh}，无法判断；要求：{asked.zh}。",
            ),
            Text(f"Fill in {noun.en}{scale.en}.", f"请填写{noun.zh}{scale.zh}。"),
        )
