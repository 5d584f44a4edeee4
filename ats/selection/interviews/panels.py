"""Who sits on the panel of a slot. One that is free to take, or taken, keeps at least one interviewer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Now

from ats.events.record import application_event, new_event, record_events
from ats.models import Event, EventType, Interview, InterviewSlot, Membership, Organisation, Panellist
from ats.selection.interviews.scheduling import lock_persons
from ats.selection.interviews.slots import delete_slots, require_interviewers, seat_panel


@transaction.atomic
def change_panel(*, by: Membership, slot: InterviewSlot, members: Sequence[Membership]) -> InterviewSlot:
    """Put other interviewers into a slot. Those who come and those who go hear of it, with their calendars.

    Raises Conflict("double_booked"), Invalid("not_an_interviewer").
    """
    require_interviewers(members)
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    locked = InterviewSlot.objects.for_org(by.organisation).select_for_update(of=("self",)).get(pk=slot.pk)
    before = set(Panellist.objects.filter(slot=locked).values_list("member_id", flat=True))
    after = {member.pk for member in members}
    if before != after:
        Panellist.objects.filter(slot=locked, member__in=before - after).delete()
        seat_panel([locked], [member for member in members if member.pk not in before])
        _record(by, [locked.pk], added=after - before, removed=before - after)
    return locked


@transaction.atomic
def leave_panels(*, by: Membership, member: Membership) -> None:
    """Take a member off the panels of slots that have not begun.

    A slot that is then without a panel is removed, unless somebody has it: the interview stays, stands in
    the list as one without a panel, and its event asks for another.
    """
    rows = InterviewSlot.objects.for_org(by.organisation).filter(during__startswith__gt=Now())
    seats = rows.filter(Exists(Panellist.objects.filter(slot=OuterRef("pk"), member=member)))
    booked = Interview.objects.booked().filter(slot__in=seats)
    lock_persons(booked.values_list("application__candidate", flat=True))
    ids = [pk for (pk,) in seats.select_for_update(of=("self",)).order_by("pk").values_list("pk")]
    if not ids:
        return
    Panellist.objects.filter(slot__in=ids, member=member).delete()
    empty = _without_panel(InterviewSlot.objects.for_org(by.organisation).filter(pk__in=ids))
    delete_slots(by=by, slots=list(empty))
    _record(by, ids, added=(), removed=[member.pk])


def _without_panel(slots: QuerySet[InterviewSlot]) -> QuerySet[InterviewSlot]:
    booked = Interview.objects.booked().filter(slot=OuterRef("pk"))
    return slots.exclude(Exists(Panellist.objects.filter(slot=OuterRef("pk")))).exclude(Exists(booked))


def _record(by: Membership, ids: list[int], *, added: Collection[int], removed: Collection[int]) -> None:
    """Calendars follow: the interviews in these slots get their next sequence."""
    change = {"added": sorted(added), "removed": sorted(removed)}
    left = InterviewSlot.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "stage")
    events = [_of_slot(by, pk, stage, change) for pk, stage in left]
    booked = Interview.objects.booked().filter(slot__in=ids).select_related("application").order_by("pk")
    booked.update(sequence=F("sequence") + 1, updated_at=Now())
    record_events(events + [_of_interview(by, row, change) for row in booked])


def _of_slot(by: Membership, pk: int, stage: int, change: dict[str, list[int]]) -> Event:
    data = {"stage": stage, "slots": [pk], **change}
    return new_event(EventType.SLOT_PANEL_CHANGED, organisation=by.organisation, by=by, data=data)


def _of_interview(by: Membership, row: Interview, change: dict[str, list[int]]) -> Event:
    data = {"interview": row.pk, "stage": row.stage_id, "slot": row.slot_id, **change}
    return application_event(row.application, EventType.INTERVIEW_PANEL_CHANGED, by=by, **data)
