from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ats.applications.apply.context import ApplyContext, load_context
from ats.applications.apply.insert import insert_application
from ats.applications.assignments import distribute_new
from ats.common.errors import Conflict, Invalid, NotFound
from ats.eligibility.verdicts.document import Document
from ats.eligibility.verdicts.require import require_eligible
from ats.models import Account, Application, ApplicationState, Candidate, Posting
from ats.outbox.routing import fan_out
from ats.people.candidates import candidate_of
from ats.people.consents import give_consents
from ats.postings.questions.answers import Answers, check_answers, questions_changed


@transaction.atomic
def apply(  # noqa: PLR0913  (what a form has)
    *,
    by: Account,
    posting: int,
    preference: int | None = None,
    source: str = "",
    referral: str = "",
    resume: int | None = None,
    answers: Answers | None = None,
    question_set: int | None = None,
    consents: Sequence[tuple[str, str]] = (),
) -> Application:
    """Put `by` forward for a posting; the application with its event and its notice.

    Raises NotFound for a posting that the public does not see, Conflict("posting_closed") for one
    that takes nobody now, Conflict("already_applied"), Conflict("profile_incomplete"),
    Conflict("preference_taken"), Invalid("referral_unknown"), Invalid("resume_unknown"),
    Conflict("not_eligible") or Conflict("eligibility_unknown"), which carry the verdict, and what
    `check_answers` and `give_consents` refuse.
    """
    answers = answers or {}
    wanted = _wanted(posting, by=by, referral=referral, resume=resume)
    check_answers(wanted.posting.question_set, answers, answered=question_set)
    candidate = candidate_of(by, wanted.posting.organisation)
    facts: dict[str, Any] = {
        "verdict": _verdict(candidate, wanted),
        "preference": preference,
        "source": source,
    }
    made = insert_application(wanted, candidate, by=by, answers=answers, **facts)
    if made is None:
        raise _refusal(wanted.posting, candidate, preference)
    if consents:
        give_consents(by=by, candidate=candidate, wanted=consents)
    if made.needs_assignment:
        distribute_new(candidate.organisation_id, [made.application.pk])
        fan_out(candidate.organisation_id)
    return made.application


def _wanted(posting: int, **named: Any) -> ApplyContext:
    wanted = load_context(posting, **named)
    if wanted is None:
        raise NotFound("posting_not_found", _("There is no such posting."), field="posting")
    if named["referral"] and wanted.referral is None:
        sentence = _("This referral code is not good for this posting.")
        raise Invalid("referral_unknown", sentence, field="referral")
    if named["resume"] and wanted.resume is None:
        sentence = _("None of your résumés has this id, or it was refused.")
        raise Invalid("resume_unknown", sentence, field="resume")
    return wanted


def _verdict(candidate: Candidate, wanted: ApplyContext) -> Document | None:
    """Who has applied already is told that, and not that a limit is reached."""
    posting, is_referred = wanted.posting, wanted.referral is not None
    try:
        return require_eligible(candidate, posting, wanted.rule_sets, is_referred=is_referred)
    except Conflict:
        _refuse_repetition(posting, candidate)
        raise


def _refuse_repetition(posting: Posting, candidate: Candidate) -> None:
    person = Candidate.objects.same_person(candidate)
    if Application.objects.filter(posting=posting, candidate__in=person).exists():
        sentence = _("You have applied to this posting already.")
        raise Conflict("already_applied", sentence, field="posting")


def _refusal(posting: Posting, candidate: Candidate, preference: int | None) -> Conflict:
    """Why the statement inserted nothing."""
    _refuse_repetition(posting, candidate)
    if not Posting.objects.accepting().filter(pk=posting.pk).exists():
        sentence = _("This posting takes no applications now.")
        return Conflict("posting_closed", sentence, field="posting", state=posting.state)
    ranked = candidate.applications.filter(campaign=posting.campaign_id, preference=preference)
    if preference and ranked.filter(state=ApplicationState.ACTIVE).exists():
        sentence = _("Another of your applications has this rank: rank them anew afterwards.")
        return Conflict("preference_taken", sentence, field="preference")
    return questions_changed()
