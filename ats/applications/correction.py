"""Correcting an application until the season closes. Every version that it replaces is kept."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.applications.preferences import active_applications
from ats.applications.versions import keep_version
from ats.common.errors import Conflict, Invalid, NotFound
from ats.events.record import application_event, record_events
from ats.models import (
    Account,
    Application,
    ApplicationState,
    Campaign,
    Candidate,
    EventType,
    Resume,
    ResumeState,
)
from ats.postings.questions.answers import Answers, check_answers


class Correction(TypedDict, total=False):
    """What is to change. `question_set` is the id of the questions that the answers were given to."""

    answers: Answers
    question_set: int | None
    resume: int | None
    preference: int | None


@transaction.atomic
def correct_application(*, by: Account, application: int, **changes: Unpack[Correction]) -> None:
    """Change the answers, the résumé or the preference of one's application.

    Without a difference nothing is written. Raises NotFound("application_not_found"),
    Conflict("not_active"), Conflict("campaign_closed"), Conflict("preference_taken"),
    Invalid("resume_unknown"), and what `check_answers` refuses.
    """
    row = _lock(by, application)
    _require_open(row)
    values = _values(row, by, changes)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return
    version = keep_version(row)
    Application.objects.filter(pk=row.pk).update(**changed, updated_at=Now())
    fields = sorted(name.removesuffix("_id") for name in changed)
    event = application_event(
        row, EventType.APPLICATION_CORRECTED, by=None, version=version.pk, fields=fields
    )
    record_events([event])


def _lock(by: Account, pk: int) -> Application:
    """The application, locked after its candidate, in the order of applying and ranking."""
    candidates = Candidate.objects.filter(account=by, applications=pk)
    list(candidates.select_for_update(of=("self",), no_key=True).values_list("pk"))
    rows = Application.objects.with_visible_state().select_related("posting__question_set")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk, candidate__account=by).first()
    if row is None:
        raise NotFound("application_not_found", _("There is no such application."))
    return row


def _require_open(row: Application) -> None:
    """By the state that the candidate may see: a refusal must not give away a rejection."""
    if row.visible_state != ApplicationState.ACTIVE:  # type: ignore[attr-defined]
        raise Conflict("not_active", _("This application is closed already."))
    if not Campaign.objects.filter(pk=row.campaign_id, closes_at__gt=Now()).exists():
        raise Conflict("campaign_closed", _("This season is closed."))


def _values(row: Application, by: Account, changes: Correction) -> dict[str, Any]:
    """The columns as they are wanted."""
    values: dict[str, Any] = {}
    if "answers" in changes:
        asked = row.posting.question_set
        check_answers(asked, changes["answers"], answered=changes.get("question_set"))
        values |= {"answers": changes["answers"], "question_set_id": asked.pk if asked else None}
    if "resume" in changes:
        values["resume_id"] = _resume(by, changes["resume"])
    if "preference" in changes:
        values["preference"] = _preference(row, by, changes["preference"])
    return values


def _resume(by: Account, pk: int | None) -> int | None:
    rows = Resume.objects.filter(account=by).exclude(state=ResumeState.REFUSED)
    if pk is not None and not rows.select_for_update().filter(pk=pk).exists():
        sentence = _("None of your résumés has this id, or it was refused.")
        raise Invalid("resume_unknown", sentence, field="resume")
    return pk


def _preference(row: Application, by: Account, rank: int | None) -> int | None:
    others = active_applications(by, row.campaign).exclude(pk=row.pk)
    if rank is not None and others.filter(preference=rank).exists():
        sentence = _("Another of your applications has this rank: rank them anew afterwards.")
        raise Conflict("preference_taken", sentence, field="preference")
    return rank
