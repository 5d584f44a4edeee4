"""What happens to one interview: a table of steps, and the verbs that take them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
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
from ats.models.interview import COMING, ENDED
from ats.selection.interviews.scheduling import appointments, lock_persons
from ats.selection.interviews.slots import free


@dataclass(frozen=True, slots=True)
class Step:
    """`changes_calendars`: whoever has the entry must follow, so its sequence rises.

    `at_any_stage`: it may be taken when the application has left the stage. Where it is closed, members
    take only what is `of_closed_application`; whether it is closed for a candidate is what they see.
    """

    from_states: Collection[InterviewState]
    to_state: InterviewState
    event_type: EventType
    changes_calendars: bool = False
    at_any_stage: bool = True
    of_closed_application: bool = False


SCHEDULED, CONFIRMED = InterviewState.SCHEDULED, InterviewState.CONFIRMED

CHOOSE = Step((InterviewState.INVITED,), SCHEDULED, EventType.INTERVIEW_SCHEDULED, at_any_stage=False)
CONFIRM = Step((SCHEDULED,), CONFIRMED, EventType.INTERVIEW_CONFIRMED)
RESCHEDULE = Step(BOOKED, SCHEDULED, EventType.INTERVIEW_RESCHEDULED, changes_calendars=True)
CANCEL = Step(
    COMING,
    InterviewState.CANCELLED,
    EventType.INTERVIEW_CANCELLED,
    changes_calendars=True,
    of_closed_application=True,
)
DECLINE = Step(
    COMING,
    InterviewState.DECLINED,
    EventType.INTERVIEW_DECLINED,
    changes_calendars=True,
    of_closed_application=True,
)
END = {
    outcome: Step((*BOOKED, *ENDED), outcome, EventType.INTERVIEW_ENDED, of_closed_application=True)
    for outcome in ENDED
}


@transaction.atomic
def choose_slot(*, by: Account, interview: Interview, slot: int) -> Interview:
    """Take one of the slots that the candidate's invitation offers; or, with a slot already, another.

    Raises NotFound("slot_not_found"), Conflict("slot_taken"), Conflict("double_booked"), and as
    `confirm_interview`.
    """
    step = RESCHEDULE if interview.state in BOOKED else CHOOSE
    return _take_slot(step, interview, slot, by=by)


@transaction.atomic
def confirm_interview(*, by: Account, interview: Interview) -> Interview:
    """Promise to come.

    Raises Conflict("interview_moved_on"), Conflict("application_closed"), Conflict("interview_begun").
    """
    locked = _lock(CONFIRM, interview, by=by)
    _require_ahead(locked)
    return _take(CONFIRM, locked, by=by)


@transaction.atomic
def decline_interview(*, by: Account, interview: Interview) -> Interview:
    """Say that one will not come; the slot is free again. Raises as `confirm_interview`."""
    locked = _lock(DECLINE, interview, by=by)
    _require_ahead(locked)
    return _take(DECLINE, locked, by=by)


@transaction.atomic
def ask_another_time(*, by: Account, interview: Interview, wish: str) -> Interview:
    """Say which time would suit. The interview stays as it is until a recruiter or a choice changes it.

    Raises as `confirm_interview`.
    """
    locked = _lock(CANCEL, interview, by=by)
    _require_ahead(locked)
    locked.wish = wish
    locked.save(update_fields=["wish"])
    _record(EventType.ANOTHER_TIME_ASKED, locked, by=by)
    return locked


@transaction.atomic
def reschedule_interview(*, by: Membership, interview: Interview, slot: int) -> Interview:
    """Put an interview into another slot of its stage, which the candidate confirms anew.

    Raises as `choose_slot`.
    """
    return _take_slot(RESCHEDULE, interview, slot, by=by)


@transaction.atomic
def cancel_interview(*, by: Membership, interview: Interview) -> Interview:
    """Call an interview off; its slot is free again. Raises Conflict("interview_moved_on")."""
    return _take(CANCEL, _lock(CANCEL, interview, by=by), by=by)


@transaction.atomic
def end_interview(*, by: Membership, interview: Interview, outcome: InterviewState) -> Interview:
    """Put down whether the candidate came: ATTENDED, LATE or MISSED. It can be corrected.

    Raises Conflict("interview_not_begun"), Conflict("interview_moved_on").
    """
    locked = _lock(END[outcome], interview, by=by)
    if locked.during is None or locked.during.lower is None or locked.during.lower > timezone.now():
        raise Conflict("interview_not_begun", _("The interview has not begun yet."))
    return _take(END[outcome], locked, by=by, outcome=outcome.value)


def offered_slots(interview: Interview) -> QuerySet[InterviewSlot]:
    """The free slots that an interview could take, earliest first."""
    rows = InterviewSlot.objects.filter(organisation=interview.organisation_id, stage=interview.stage_id)
    fitting = rows.filter(track=None) | rows.filter(track=interview.application.track_id)
    return free(fitting)


def _lock(step: Step, interview: Interview, *, by: Membership | Account) -> Interview:
    """The interview as it is now, locked as its person is. Raises as `confirm_interview`."""
    lock_persons([interview.application.candidate_id])
    rows = Interview.objects.select_for_update(of=("self",), no_key=True).select_related(
        "application__candidate"
    )
    locked = rows.get(pk=interview.pk)
    if locked.state not in step.from_states:
        sentence = _("The interview is not in a state for this any more.")
        raise Conflict("interview_moved_on", sentence, state=locked.state)
    if not (step.of_closed_application or _is_active(locked.application, by)):
        raise Conflict("application_closed", _("The application is not active any more."))
    if locked.application.stage_id != locked.stage_id and not step.at_any_stage:
        sentence = _("The application has left the stage of this interview.")
        raise Conflict("interview_moved_on", sentence, state=locked.state)
    return locked


def _is_active(application: Application, by: Membership | Account) -> bool:
    """A rejection that waits has not happened for the candidate."""
    if application.state == ApplicationState.ACTIVE:
        return True
    return isinstance(by, Account) and Application.objects.visibly_active().filter(pk=application.pk).exists()


def _require_ahead(interview: Interview) -> None:
    begin = interview.during.lower if interview.during else None
    if begin is not None and begin <= timezone.now():
        raise Conflict("interview_begun", _("The interview has begun already."))


def _take_slot(step: Step, interview: Interview, slot: int, *, by: Membership | Account) -> Interview:
    """1. Lock the person and the interview. 2. Lock the slot. 3. Look for another appointment. 4. Take it."""
    locked = _lock(step, interview, by=by)
    if step is RESCHEDULE and isinstance(by, Account):
        _require_ahead(locked)
    wanted = _lock_slot(locked, slot)
    candidate = locked.application.candidate
    busy = appointments([candidate.merged_into_id or candidate.pk]).filter(during__overlap=wanted.during)
    if busy.exclude(pk=locked.pk).exists():
        sentence = _("There is another interview at that time.")
        raise Conflict("double_booked", sentence, field="slot")
    left, locked.slot = locked.slot_id, wanted
    locked.during, locked.time_zone, locked.wish = wanted.during, wanted.time_zone, ""
    try:
        with transaction.atomic():
            return _take(step, locked, by=by, **({"left_slot": left} if left else {}))
    except IntegrityError as error:
        if not is_violation(error, "interview_slot_taken_once"):
            raise
        raise _taken() from None


def _lock_slot(interview: Interview, slot: int) -> InterviewSlot:
    """A slot that the interview may take. What was taken before the lock was had is seen after it."""
    rows = InterviewSlot.objects.filter(organisation=interview.organisation_id, pk=slot)
    if not rows.select_for_update().exists():
        raise NotFound("slot_not_found", _("There is no such slot."), field="slot")
    if (wanted := offered_slots(interview).filter(pk=slot).first()) is None:
        raise _taken()
    return wanted


def _take(step: Step, interview: Interview, *, by: Membership | Account, **data: object) -> Interview:
    interview.state = step.to_state
    interview.sequence += step.changes_calendars
    interview.updated_at = Now()
    interview.save()
    interview.refresh_from_db(fields=["updated_at"])
    _record(step.event_type, interview, by=by, **data)
    return interview


def _record(type: EventType, interview: Interview, *, by: Membership | Account, **data: object) -> None:
    whole = {"interview": interview.pk, "stage": interview.stage_id, "slot": interview.slot_id, **data}
    record_events([application_event(interview.application, type, by=by, **whole)])


def _taken() -> Conflict:
    return Conflict("slot_taken", _("This slot is not free any more: choose another."), field="slot")
