"""What happens next with an application, as its candidate sees it, and by when: a table of steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from ats.models import (
    Application,
    ApplicationState,
    Interview,
    InterviewSlot,
    InterviewState,
    Offer,
    OfferState,
)
from ats.selection.interviews.slots import free


class Step(TypedDict):
    """`code` is stable and for machines, the texts are for people; `by` is None where no time is set."""

    code: str
    text: str
    text_zh: str
    by: datetime | None


# The first whose instant is known is the next: its code, and the text that the candidate reads.
STEPS = {
    "answer_offer": ("Accept or decline the offer.", "请接受或拒绝录用意向。"),
    "choose_slot": ("Choose a time for the interview.", "请选择面试时间。"),
    "confirm_interview": ("Confirm that you will come to the interview.", "请确认参加面试。"),
    "attend_interview": ("Come to the interview.", "请按时参加面试。"),
}
AWAIT_DECISION = (
    "await_decision",
    "The organisation decides what comes next.",
    "请等待用人单位的下一步决定。",
)

# What a withdrawn application shows, wherever it was: nobody who gave up a seat reads "hired".
WITHDRAWN = ("Withdrawn", "已撤回")


def status_line(row: Any) -> tuple[str, str]:
    """The line that a candidate reads of a row `with_visible_state`, in English and in Chinese."""
    if row.visible_state == ApplicationState.WITHDRAWN:
        return WITHDRAWN
    return row.stage.public_name, row.stage.public_name_zh


def with_next_steps(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With the instant until which each step is open, by its code; none where it is not to be taken."""
    of_row = {"application": OuterRef("pk")}
    offers = Offer.objects.filter(**of_row, state=OfferState.EXTENDED, deadline__gt=Now())
    coming = Interview.objects.filter(**of_row, stage=OuterRef("stage"), during__startswith__gt=Now())
    coming = coming.order_by("during")
    return rows.annotate(
        answer_offer=Subquery(offers.values("deadline")[:1]),
        choose_slot=Subquery(_offered_slots().values("during__startswith")[:1]),
        confirm_interview=_start(coming.filter(state=InterviewState.SCHEDULED)),
        attend_interview=_start(coming.filter(state=InterviewState.CONFIRMED)),
    )


def next_step(row: Any) -> Step | None:
    """The next step of a row `with_next_steps` and `with_visible_state`; None when nothing comes any more."""
    if row.visible_state != ApplicationState.ACTIVE:
        return None
    code = next((code for code in STEPS if getattr(row, code, None)), None)
    if code is None:
        code, text, text_zh = AWAIT_DECISION
        return Step(code=code, text=text, text_zh=text_zh, by=None)
    text, text_zh = STEPS[code]
    return Step(code=code, text=text, text_zh=text_zh, by=getattr(row, code))


def _offered_slots() -> QuerySet[InterviewSlot]:
    """The free slots that the application's invitation offers, the last first."""
    invited = Interview.objects.filter(
        application=OuterRef(OuterRef("pk")), stage=OuterRef("stage"), state=InterviewState.INVITED
    )
    at_stage = InterviewSlot.objects.filter(stage=OuterRef("stage"))
    fitting = at_stage.filter(Q(track=None) | Q(track=OuterRef("track")), Exists(invited))
    return free(fitting).order_by("-during")


def _start(interviews: QuerySet[Interview]) -> Subquery:
    return Subquery(interviews.values("during__startswith")[:1])
