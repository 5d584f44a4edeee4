from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from ats.eligibility.kinds.base import Bind, Context, Facts, Reason
from ats.eligibility.kinds.graduation import OPEN_END, GraduationRule, Window
from ats.eligibility.schemas import params
from ats.eligibility.text import Text


@dataclass(frozen=True)
class Enrolled(GraduationRule):
    """Enrolled today: the course of study has begun and has not ended."""

    kind = "enrolled"
    facts = ("graduation", "studies_from")
    fact_label = Text("when your course of study begins and ends", "入学年月和毕业年月")
    uses_context: ClassVar[bool] = True
    has_alternatives: ClassVar[bool] = False
    schema = params(Text("Currently enrolled", "在校生"))

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        return cls()

    def windows_on(self, on: date) -> tuple[Window, ...]:
        return (Window(on, OPEN_END),)

    def condition(self, bind: Bind, context: Context) -> str:
        return f"({super().condition(bind, context)}) AND f.studies_from <= {bind(context.on)}"

    def bound(self) -> dict[str, Any]:
        return {}

    def describe(self) -> Text:
        return Text("currently enrolled", "在校生（目前在读）")

    def failure(self, facts: Facts, context: Context) -> Reason:
        known, begun = facts["graduation"], facts["studies_from"]
        if known and known.last < context.on:
            return Reason(
                "graduated_already",
                Text("You have graduated; asked is somebody who is enrolled.", "您已毕业，要求为在校生。"),
            )
        assert begun
        return Reason(
            "studies_not_begun",
            Text("Your course of study has not begun yet.", "您尚未入学，要求为在校生。"),
        )

    def unknown(self, facts: Facts, context: Context) -> Reason:
        if facts["graduation"] is None or facts["studies_from"] is None:
            return super(GraduationRule, self).unknown(facts, context)
        return super().unknown(facts, context)
