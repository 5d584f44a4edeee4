"""Slots: when which panel can interview. The database lets nobody and no room be in two at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from ats.common.database_errors import is_violation
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
    Room,
    Stage,
    StageKind,
    Track,
)

INTERVIEWS = Role.INTERVIEWER
BOOKED_TWICE = ("panellist_not_double_booked", "interview_slot_room_once")


class SlotFields(TypedDict, total=False):
    """`time_zone` is the one that people read the times in; `place` is an address or a link."""

    time_zone: str
    track: Track | None
    room: Room | None
    place: str


@transaction.atomic
def open_slots(
    *,
    by: Membership,
    stage: Stage,
    members: Sequence[Membership],
    first: TimestamptzRange,
    count: int = 1,
    pause: timedelta = timedelta(0),
    **fields: Unpack[SlotFields],
) -> list[InterviewSlot]:
    """Open `count` slots one after the other, as long as the first, with a pause between them.

    All or none. Raises Conflict("double_booked"), Invalid("not_an_interview_stage"),
    Invalid("not_an_interviewer").
    """
    if stage.kind != StageKind.INTERVIEW:
        sentence = _("Slots belong to a stage of the kind interview.")
        raise Invalid("not_an_interview_stage", sentence, field="stage")
    require_interviewers(members)
    # One at a time in an organisation: of two inserts that meet in an exclusion constraint, PostgreSQL
    # may find each waiting for the other and end one as a deadlock.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    slots = [
        InterviewSlot(organisation=by.organisation, stage=stage, during=during, **fields)
        for during in _times(first, count, pause)
    ]
    seat_panel(slots, members)
    _record(EventType.SLOTS_OPENED, by, stage.pk, slots)
    return slots


@transaction.atomic
def remove_slot(*, by: Membership, slot: InterviewSlot) -> None:
    """Free the panel's time. Raises Conflict("slot_taken") while an interview is booked in it."""
    locked = InterviewSlot.objects.for_org(by.organisation).select_for_update(of=("self",)).get(pk=slot.pk)
    if Interview.objects.booked().filter(slot=locked).exists():
        raise Conflict("slot_taken", _("Somebody has this slot."))
    delete_slots(by=by, slots=[locked])


def delete_slots(*, by: Membership, slots: Collection[InterviewSlot]) -> None:
    """Delete locked slots that nobody has, with an event for each stage."""
    for stage in sorted({slot.stage_id for slot in slots}):
        _record(EventType.SLOT_REMOVED, by, stage, [slot for slot in slots if slot.stage_id == stage])
    InterviewSlot.objects.filter(pk__in=[slot.pk for slot in slots]).delete()


def free(slots: QuerySet[InterviewSlot]) -> QuerySet[InterviewSlot]:
    """Those of `slots` that begin later than now, have a panel, and that nobody has; earliest first."""
    booked = Interview.objects.booked().filter(slot=OuterRef("pk"))
    panel = Panellist.objects.filter(slot=OuterRef("pk"))
    return slots.filter(~Exists(booked), Exists(panel), during__startswith__gt=Now()).order_by("during", "pk")


def require_interviewers(members: Sequence[Membership]) -> None:
    """Raises Invalid("not_an_interviewer") for a viewer and for somebody who has left."""
    if not all(member.ended_at is None and Role(member.role).includes(INTERVIEWS) for member in members):
        raise Invalid("not_an_interviewer", _("A viewer interviews nobody."), field="members")


def seat_panel(slots: Sequence[InterviewSlot], members: Sequence[Membership]) -> None:
    """Put members into slots, which are saved with them if they are new. Raises Conflict("double_booked")."""
    try:
        with transaction.atomic():
            InterviewSlot.objects.bulk_create(slot for slot in slots if slot.pk is None)
            Panellist.objects.bulk_create(
                Panellist(slot=slot, member=member, during=slot.during)
                for slot in slots
                for member in members
            )
    except IntegrityError as error:
        if not is_violation(error, *BOOKED_TWICE):
            raise
        sentence = _("The room or one of the interviewers is booked at that time already.")
        raise Conflict("double_booked", sentence, field="starts_at") from None


def _times(first: TimestamptzRange, count: int, pause: timedelta) -> list[TimestamptzRange]:
    assert first.lower is not None
    assert first.upper is not None
    step = first.upper - first.lower + pause
    return [TimestamptzRange(first.lower + step * n, first.upper + step * n) for n in range(count)]


def _record(type: EventType, by: Membership, stage: int, slots: Collection[InterviewSlot]) -> None:
    data = {"stage": stage, "slots": [slot.pk for slot in slots]}
    record_events([new_event(type, organisation=by.organisation, by=by, data=data)])
