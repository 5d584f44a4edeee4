"""What happens to one interview: a table of steps, and the verbs that take them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.database_errors import is_violation
from ats.common.errors import Conflict, NotFound
from ats.events.record import application_event, record_events
from ats.models import (
    BOOKED,
    Account,
    Application,
    ApplicationState,
    EventType,
    Interview,
    InterviewSlot,
    InterviewState,
    Membership,
)
from ats.selection.interviews.scheduling import hold_candidates
from ats.selection.interviews.slots import free


@dataclass(frozen=True, slots=True)
class Step:
    """`changes_calendars`: whoever has the entry must follow, so its sequence rises.

    Only `of_any_application` may it be taken when the application is not active any more. What is taken
    `by_candidate` depends on what the candidate sees.
    """

    leaves: Collection[InterviewState]
    enters: InterviewState
    tells: EventType
    changes_calendars: bool = False
    of_any_application: bool = False
    by_candidate: bool = False


INVITED, SCHEDULED = InterviewState.INVITED, InterviewState.SCHEDULED
CONFIRMED, CANCELLED = InterviewState.CONFIRMED, InterviewState.CANCELLED

CHOOSE = Step((INVITED,), SCHEDULED, EventType.INTERVIEW_SCHEDULED, by_candidate=True)
CONFIRM = Step((SCHEDULED,), CONFIRMED, EventType.INTERVIEW_CONFIRMED, by_candidate=True)
RESCHEDULE = Step(BOOKED, SCHEDULED, EventType.INTERVIEW_RESCHEDULED, changes_calendars=True)
CANCEL = Step(
    (INVITED, *BOOKED),
    CANCELLED,
    EventType.INTERVIEW_CANCELLED,
    changes_calendars=True,
    of_any_application=True,
)


@transaction.atomic
def choose_slot(*, by: Account, interview: Interview, slot: int) -> Interview:
    """Take one of the slots that one's own invitation offers.

    Raises NotFound("slot_not_found"), Conflict("slot_taken"), Conflict("double_booked"), and as `confirm`.
    """
    return _seat(CHOOSE, interview, slot, by=by)


@transaction.atomic
def confirm(*, by: Account, interview: Interview) -> Interview:
    """Promise to come. Raises Conflict("interview_moved_on"), Conflict("application_closed")."""
    return _take(CONFIRM, _hold(CONFIRM, interview), by=by)


@transaction.atomic
def reschedule(*, by: Membership, interview: Interview, slot: int) -> Interview:
    """Put an interview into another slot of its stage, which the candidate confirms anew.

    Raises as `choose_slot`.
    """
    return _seat(RESCHEDULE, interview, slot, by=by)


@transaction.atomic
def cancel(*, by: Membership, interview: Interview) -> Interview:
    """Call an interview off; its slot is free again. Raises Conflict("interview_moved_on")."""
    return _take(CANCEL, _hold(CANCEL, interview), by=by)


def offered(interview: Interview) -> QuerySet[InterviewSlot]:
    """The free slots that an interview could take, earliest first."""
    rows = InterviewSlot.objects.filter(organisation=interview.organisation_id, stage=interview.stage_id)
    fitting = rows.filter(track=None) | rows.filter(track=interview.application.track_id)
    return free(fitting)


def _hold(step: Step, interview: Interview) -> Interview:
    """The interview as it is now, held as its candidate is. Raises as `confirm`."""
    hold_candidates([interview.application.candidate_id])
    rows = Interview.objects.select_for_update(of=("self",), no_key=True).select_related("application")
    held = rows.get(pk=interview.pk)
    if held.state not in step.leaves:
        sentence = _("The interview is not in a state for this any more.")
        raise Conflict("interview_moved_on", sentence, state=held.state)
    if not (step.of_any_application or _is_active(held.application, step)):
        raise Conflict("application_closed", _("The application is not active any more."))
    return held


def _is_active(application: Application, step: Step) -> bool:
    if application.state == ApplicationState.ACTIVE:
        return True
    return step.by_candidate and Application.objects.visibly_active().filter(pk=application.pk).exists()


def _seat(step: Step, interview: Interview, slot: int, *, by: Membership | Account) -> Interview:
    held = _hold(step, interview)
    wanted = _hold_slot(held, slot)
    busy = Interview.objects.booked().filter(
        application__candidate=held.application.candidate_id, during__overlap=wanted.during
    )
    if busy.exclude(pk=held.pk).exists():
        sentence = _("There is another interview at that time.")
        raise Conflict("double_booked", sentence, field="slot")
    left, held.slot = held.slot_id, wanted
    held.during, held.time_zone = wanted.during, wanted.time_zone
    try:
        with transaction.atomic():
            return _take(step, held, by=by, left=left)
    except IntegrityError as error:
        if not is_violation(error, "interview_slot_taken_once"):
            raise
        raise _taken() from None


def _hold_slot(interview: Interview, slot: int) -> InterviewSlot:
    """A slot that the interview may take. What was taken before the lock was had is seen after it."""
    own = InterviewSlot.objects.filter(organisation=interview.organisation_id, pk=slot)
    if not own.select_for_update().exists():
        raise NotFound("slot_not_found", _("There is no such slot."), field="slot")
    if (wanted := offered(interview).filter(pk=slot).first()) is None:
        raise _taken()
    return wanted


def _take(
    step: Step, interview: Interview, *, by: Membership | Account, left: int | None = None
) -> Interview:
    interview.state = step.enters
    interview.sequence += step.changes_calendars
    interview.updated_at = Now()
    interview.save()
    interview.refresh_from_db(fields=["updated_at"])
    told = {"interview": interview.pk, "stage": interview.stage_id, "slot": interview.slot_id}
    more = {"left_slot": left} if left else {}
    record_events([application_event(interview.application, step.tells, by=by, **told, **more)])
    return interview


def _taken() -> Conflict:
    return Conflict("slot_taken", _("This slot is not free any more: choose another."), field="slot")
