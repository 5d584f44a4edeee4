"""Many applicants at once: invited to choose a slot, or put into the slots of a day.

Locks are taken in the order applications, candidates, slots, by every verb on interviews. Only the
transaction that has locked a candidate changes that person's interviews.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Now
from psycopg.types.range import TimestamptzRange

from ats.applications.batches import lock_applications
from ats.events.record import application_event, record_events
from ats.models import (
    BOOKED,
    Application,
    ApplicationState,
    Candidate,
    Event,
    EventType,
    Interview,
    InterviewSlot,
    InterviewState,
    Membership,
    Stage,
)
from ats.models.functions import LocalDay
from ats.selection.interviews.matching import Diary, Seat, Span, Wish, match
from ats.selection.interviews.slots import free

PERSON = Coalesce("application__candidate__merged_into", "application__candidate")


class Booked(StrEnum):
    """What became of one item. All but the first changed nothing."""

    DONE = "done"
    ALREADY = "already"
    NOT_FOUND = "not_found"
    NOT_ACTIVE = "not_active"
    OTHER_STAGE = "other_stage"
    NO_SLOT_LEFT = "no_slot_left"


@dataclass(frozen=True, slots=True)
class Booking:
    """What became of one application, and the slot that it got if it got one."""

    application: int
    result: Booked
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Applicants:
    """The applications that were named, by id, locked; and the interviews that they have at the stage."""

    found: dict[int, Application]
    interviews: dict[int, Interview]


@transaction.atomic
def arrange(
    *,
    by: Membership,
    stage: Stage,
    applications: Collection[int],
    day: date | None = None,
    dry_run: bool = False,
) -> list[Booking]:
    """Put applicants who are at a stage into its free slots of a local day, in the order given.

    Without a day they are invited to choose a slot themselves. What became of each, in id order:
    nobody is put where they have another interview. With `dry_run` nothing is kept.
    """
    locked = _lock(by, stage, applications)
    barring = tuple(InterviewState) if day is None else BOOKED
    results = {pk: _judge(locked, pk, stage, barring) for pk in sorted(set(applications))}
    chosen = [locked.found[pk] for pk in dict.fromkeys(applications) if results[pk] is Booked.DONE]
    seats: dict[int, Seat] = {}
    if day is not None:
        seats = match(map(_wish, chosen), _lock_seats(by, stage, day), _diary(locked.found.values()))
        results |= {row.pk: Booked.NO_SLOT_LEFT for row in chosen if row.pk not in seats}
        chosen = [row for row in chosen if row.pk in seats]
    _keep(by, stage, chosen, locked, seats)
    if dry_run:
        transaction.set_rollback(True)
    return [Booking(pk, result, _slot_of(seats.get(pk))) for pk, result in results.items()]


def lock_persons(candidates: Iterable[int]) -> None:
    """Lock candidates and the records that stand for their persons, in id order."""
    ids = set(candidates)
    persons = Candidate.objects.filter(pk__in=ids, merged_into__isnull=False).values("merged_into")
    rows = Candidate.objects.filter(Q(pk__in=ids) | Q(pk__in=persons)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def appointments(persons: Collection[int]) -> QuerySet[Any]:
    """The booked interviews of persons, whichever of their records applied; each with its `person`."""
    return Interview.objects.booked().annotate(person=PERSON).filter(person__in=persons)


def span(during: TimestamptzRange | None) -> Span:
    """A range of the database, which here has both ends."""
    assert during is not None
    assert during.lower is not None
    assert during.upper is not None
    return Span(during.lower, during.upper)


def _lock(by: Membership, stage: Stage, applications: Collection[int]) -> Applicants:
    ids = lock_applications(by.organisation_id, applications)
    rows = Application.objects.for_org(by.organisation)
    lock_persons(rows.filter(pk__in=ids).values_list("candidate", flat=True))
    found = rows.annotate(person=Coalesce("candidate__merged_into", "candidate")).in_bulk(ids)
    live = Interview.objects.live().filter(stage=stage, application__in=ids)
    return Applicants(found, {row.application_id: row for row in live})


def _judge(locked: Applicants, pk: int, stage: Stage, barring: Collection[InterviewState]) -> Booked:
    application, interview = locked.found.get(pk), locked.interviews.get(pk)
    if application is None:
        return Booked.NOT_FOUND
    refusals = {
        Booked.NOT_ACTIVE: application.state != ApplicationState.ACTIVE,
        Booked.OTHER_STAGE: application.stage_id != stage.pk,
        Booked.ALREADY: interview is not None and interview.state in barring,
    }
    return next((result for result, applies in refusals.items() if applies), Booked.DONE)


def _lock_seats(by: Membership, stage: Stage, day: date) -> list[Seat]:
    """The free seats of a day. Read after the lock, so that what was just taken is seen."""
    slots = InterviewSlot.objects.for_org(by.organisation).filter(stage=stage)
    of_day = slots.alias(day=LocalDay("time_zone", "during")).filter(day=day)
    ids = [pk for (pk,) in of_day.select_for_update().order_by("pk").values_list("pk")]
    rows = free(InterviewSlot.objects.filter(pk__in=ids))
    return [Seat(row.pk, row.track_id, span(row.during), row.time_zone) for row in rows]


def _wish(application: Application) -> Wish:
    return Wish(application.pk, application.person, application.track_id)  # type: ignore[attr-defined]


def _diary(applications: Iterable[Application]) -> Diary:
    persons = {row.person for row in applications}  # type: ignore[attr-defined]
    diary = Diary()
    for person, during in appointments(persons).values_list("person", "during"):
        diary.add(person, span(during))
    return diary


def _keep(
    by: Membership, stage: Stage, chosen: list[Application], locked: Applicants, seats: dict[int, Seat]
) -> None:
    rows = []
    for application in chosen:
        row = locked.interviews.get(application.pk) or Interview(
            organisation=by.organisation, application=application, stage=stage
        )
        if seat := seats.get(application.pk):
            row.state, row.slot_id, row.time_zone = InterviewState.SCHEDULED, seat.slot, seat.zone
            row.during = TimestamptzRange(seat.span.begin, seat.span.end)
            row.updated_at = Now()
        rows.append(row)
    Interview.objects.bulk_create(row for row in rows if row.pk is None)
    known = [row for row in rows if row.application_id in locked.interviews]
    Interview.objects.bulk_update(known, ["state", "slot", "time_zone", "during", "updated_at"])
    kind = EventType.INTERVIEW_SCHEDULED if seats else EventType.INTERVIEW_INVITED
    record_events([_event(row, application, kind, by) for row, application in zip(rows, chosen, strict=True)])


def _event(row: Interview, application: Application, kind: EventType, by: Membership) -> Event:
    data = {"interview": row.pk, "stage": row.stage_id, "slot": row.slot_id}
    return application_event(application, kind, by=by, **data)


def _slot_of(seat: Seat | None) -> int | None:
    return seat.slot if seat else None
