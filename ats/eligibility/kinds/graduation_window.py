from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.eligibility.kinds.graduation import OPEN_END, OPEN_START, GraduationRule, Window
from ats.eligibility.kinds.ranges import named
from ats.eligibility.schemas import params, several, span
from ats.eligibility.text import Text, listed


@dataclass(frozen=True)
class GraduationWindow(GraduationRule):
    """Graduation within one of several windows, each open at one end or at none.

    Windows are data: one that ends on 30 October takes who graduates on that day and not a day later.
    """

    windows: tuple[Window, ...]

    kind = "graduation_window"
    schema = params(
        Text("Graduation window", "毕业时间范围"),
        {"ranges": several(Text("Windows", "时间范围"), span(Text("Window", "时间范围"), least=1))},
        required=("ranges",),
    )

    @classmethod
    def read(cls, params: dict[str, Any], at: str) -> Self:
        rows = enumerate(params["ranges"])
        return cls(tuple(sorted(_window(row, f"{at}.ranges.{index}") for index, row in rows)))

    def windows_on(self, on: date) -> tuple[Window, ...]:
        return self.windows

    def bound(self) -> dict[str, Any]:
        return {"ranges": [window.bound() for window in self.windows]}

    def describe(self) -> Text:
        spans = listed(window.describe() for window in self.windows)
        return Text(f"graduation {spans.en}", f"{spans.zh}毕业")

    def excludes(self, other: Self) -> bool:
        return not any(mine.overlaps(theirs) for mine in self.windows for theirs in other.windows)


def _window(row: dict[str, str], at: str) -> Window:
    begins = named(row["from"]).first if "from" in row else OPEN_START
    ends = named(row["to"]).last + timedelta(days=1) if "to" in row else OPEN_END
    if begins >= ends:
        raise Invalid("window_empty", _("The window ends before it begins."), field=f"{at}.to")
    return Window(begins, ends)
