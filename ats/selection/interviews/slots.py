"""Slots: when which panel can interview. The database lets nobody and no room be in two at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from ats.common.errors import Conflict, Invalid
from ats.events.record import new_event, record_events
from ats.models import (
    EventType,
    Interview,
    InterviewSlot,
    Membership,
    Organisation,
    Panellist,
    Role,
    Stage,
    StageKind,
)

INTERVIEWS = Role.INTERVIEWER


@transaction.atomic
def open_slots(
    *,
    by: Membership,
    stage: Stage,
    members: Sequence[Membership],
    first: TimestamptzRange,
    count: int = 1,
    pause: timedelta = timedelta(0),
    **facts: Any,
) -> list[InterviewSlot]:
    """Open `count` slots one after the other, as long as the first, with a pause between them.

    `facts` are `time_zone`, `track`, `room` and `place`. All or none. Raises
    Conflict("double_booked"), Invalid("not_an_interview_stage"), Invalid("not_an_interviewer").
    """
    _check(stage, members)
    # One at a time in an organisation: of two inserts that meet in an exclusion constraint, PostgreSQL
    # may find each waiting for the other and end one as a deadlock.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    slots = [
        InterviewSlot(organisation=by.organisation, stage=stage, during=during, **facts)
        for during in _times(first, count, pause)
    ]
    _insert(slots, members)
    told = {"stage": stage.pk, "slots": [slot.pk for slot in slots]}
    record_events([new_event(EventType.SLOTS_OPENED, organisation=by.organisation, by=by, data=told)])
    return slots


@transaction.atomic
def remove_slot(*, by: Membership, slot: InterviewSlot) -> None:
    """Give the panel its time back. Raises Conflict("slot_taken") while an interview is to be held in it."""
    held = InterviewSlot.objects.for_org(by.organisation).select_for_update(of=("self",)).get(pk=slot.pk)
    if Interview.objects.booked().filter(slot=held).exists():
        raise Conflict("slot_taken", _("Somebody has this slot."))
    told = {"stage": held.stage_id, "slots": [held.pk]}
    record_events([new_event(EventType.SLOT_REMOVED, organisation=by.organisation, by=by, data=told)])
    held.delete()


def free(slots: QuerySet[InterviewSlot]) -> QuerySet[InterviewSlot]:
    """Those of `slots` that begin later than now and that nobody has, earliest first."""
    booked = Interview.objects.booked().filter(slot=OuterRef("pk"))
    return slots.filter(~Exists(booked), during__startswith__gt=Now()).order_by("during", "pk")


def _times(first: TimestamptzRange, count: int, pause: timedelta) -> list[TimestamptzRange]:
    assert first.lower is not None
    assert first.upper is not None
    step = first.upper - first.lower + pause
    return [TimestamptzRange(first.lower + step * n, first.upper + step * n) for n in range(count)]


def _check(stage: Stage, members: Sequence[Membership]) -> None:
    if stage.kind != StageKind.INTERVIEW:
        sentence = _("Slots belong to a stage of the kind interview.")
        raise Invalid("not_an_interview_stage", sentence, field="stage")
    if not all(Role(member.role).includes(INTERVIEWS) for member in members):
        raise Invalid("not_an_interviewer", _("A viewer interviews nobody."), field="members")


def _insert(slots: list[InterviewSlot], members: Sequence[Membership]) -> None:
    try:
        with transaction.atomic():
            InterviewSlot.objects.bulk_create(slots)
            Panellist.objects.bulk_create(
                Panellist(slot=slot, member=member, during=slot.during)
                for slot in slots
                for member in members
            )
    except IntegrityError:
        sentence = _("The room or one of the interviewers is booked at that time already.")
        raise Conflict("double_booked", sentence, field="starts_at") from None
