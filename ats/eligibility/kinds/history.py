"""What the rules share that look back on the person's other applications to the employer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from ats.eligibility.kinds.base import Bind, Context, Facts, Rule
from ats.eligibility.schemas import choice
from ats.eligibility.text import Text

SCOPES = {
    "campaign": Text("in this campaign", "本次招聘中"),
    "department": Text("in this department", "本部门内"),
    "organisation": Text("with this employer", "在本公司"),
}
SCOPE = choice(Text("Where", "范围"), SCOPES)
MOST_DAYS = 3660
ROWS = (
    "jsonb_to_recordset(f.applications) AS"
    " h(campaign bigint, department bigint, applied_on date, state text, ended_on date, interviewed_on date)"
)


class LooksBack(Rule):
    """`f.applications` is an array of applications, [] when there are none, NULL when it is missing."""

    facts = ("applications",)
    fact_label = Text("your applications to this employer so far", "您此前对本公司的投递")
    uses_context: ClassVar[bool] = True
    has_alternatives: ClassVar[bool] = False


def count_of(bind: Bind, context: Context, *, scope: str, where: str) -> str:
    """SQL: how many applications of the scope fulfil `where`; NULL when they are not known.

    Postings without a department count together as one department.
    """
    within = {
        "campaign": f"h.campaign = {bind(context.campaign)}",
        "department": f"h.department IS NOT DISTINCT FROM {bind(context.department)}",
        "organisation": "true",
    }
    counted = f"SELECT count(*) FROM {ROWS} WHERE {within[scope]} AND {where}"  # noqa: S608  (values are bound)
    return f"CASE WHEN f.applications IS NOT NULL THEN ({counted}) END"


def past(facts: Facts, context: Context, *, scope: str) -> list[dict[str, Any]]:
    """The same applications as rows, to name a day of one of them: `applied_on`, `state`, `ended_on`."""
    if scope == "organisation":
        return list(facts["applications"])
    return [row for row in facts["applications"] if row[scope] == getattr(context, scope)]


def days_after(day: str, days: int) -> date:
    """So many days after one of those days; the last day of the calendar where it ends before that."""
    first = date.fromisoformat(day)
    return first + min(timedelta(days=days), date.max - first)
