from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.common.months import months_after
from ats.eligibility.kinds.graduation import GraduationRule, Window
from ats.eligibility.schemas import integer, params
from ats.eligibility.text import Text

MOST_YEARS = 12
NAMES = {
    1: Text("the final year of study", "毕业年级"),
    2: Text("the penultimate year of study", "毕业前一年级"),
}


@dataclass(frozen=True)
class YearsLeft(GraduationRule):
    """The year of study counted from its end: the twelve months to graduation are 1, the year before is 2."""

    least: int
    most: int

    kind = "years_left"
    uses_context: ClassVar[bool] = True
    schema = params(
        Text("Years left until graduation", "距毕业年数"),
        {
            "least": integer(Text("From (1 is the final year)", "最少（1为毕业年级）"), 1, MOST_YEARS),
            "most": integer(Text("To (2 is the penultimate year)", "最多（2为毕业前一年）"), 1, MOST_YEARS),
        },
        least=1,
    )

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        rule = cls(params.get("least", 1), params.get("most", MOST_YEARS))
        if rule.least > rule.most:
            raise Invalid("range_empty", _("The least is above the most."), field=f"{at}.most")
        return rule

    def windows_on(self, on: date) -> tuple[Window, ...]:
        return (Window(months_after(on, 12 * (self.least - 1)), months_after(on, 12 * self.most)),)

    def bound(self) -> dict[str, Any]:
        return {"least": self.least, "most": self.most}

    def describe(self) -> Text:
        if self.least == self.most and self.least in NAMES:
            return NAMES[self.least]
        if (self.least, self.most) == (1, 2):
            return Text("the final or the penultimate year of study", "毕业年级或毕业前一年级")
        if self.most == MOST_YEARS:
            years = self.least - 1
            return Text(f"graduation in {years} years or more", f"距毕业{years}年及以上")
        return Text(
            f"graduation in {self.least - 1} to {self.most} years",
            f"距毕业{self.least - 1}至{self.most}年",
        )

    def excludes(self, other: Self) -> bool:
        return self.least > other.most or other.least > self.most
