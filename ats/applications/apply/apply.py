from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from ats.applications.apply.context import ApplicationFields, ApplyContext, load_context
from ats.applications.apply.insert import insert_application
from ats.applications.apply.reapply import reapply
from ats.applications.pending_assignments import distribute_after_commit
from ats.common.errors import Conflict, Invalid, NotFound
from ats.eligibility.verdicts.document import Document
from ats.eligibility.verdicts.require import require_eligible
from ats.models import Account, Application, ApplicationState, Candidate, Posting
from ats.people.candidates import candidate_of
from ats.people.consents import give_consents
from ats.postings.questions.answers import Answers, check_answers, questions_changed


@transaction.atomic
def apply_to_posting(  # noqa: PLR0913  (what a form has)
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
    """Apply to a posting on behalf of `by`: the new application, with its event and its notice.

    Raises NotFound for a posting that the public does not see, Conflict("posting_closed") for one
    that takes no applications now, Conflict("already_applied"), Conflict("profile_incomplete"),
    Conflict("preference_taken"), Invalid("referral_unknown"), Invalid("resume_unknown"),
    Conflict("not_eligible") or Conflict("eligibility_unknown"), which carry the verdict, and what
    `check_answers` and `give_consents` refuse.
    """
    answers = answers or {}
    context = _load(posting, by=by, referral=referral, resume=resume)
    check_answers(context.posting.question_set, answers, answered=question_set)
    candidate = candidate_of(by, context.posting.organisation)
    fields: ApplicationFields = {
        "verdict": _verdict(candidate, context),
        "preference": preference,
        "source": source,
        "answers": answers,
    }
    inserted = insert_application(context, candidate, **fields)
    application = inserted.application if inserted else reapply(context, candidate, **fields)
    if application is None:
        raise _refusal(context.posting, candidate, preference)
    if consents:
        give_consents(by=by, candidate=candidate, wanted=consents)
    if inserted and inserted.needs_assignment:
        distribute_after_commit(candidate.organisation_id)
    return application


def _load(posting: int, *, by: Account, referral: str, resume: int | None) -> ApplyContext:
    context = load_context(posting, by=by, referral=referral, resume=resume)
    if context is None:
        raise NotFound("posting_not_found", _("There is no such posting."), field="posting")
    if referral and context.referral is None:
        sentence = _("This referral code is not good for this posting.")
        raise Invalid("referral_unknown", sentence, field="referral")
    if resume and context.resume is None:
        sentence = _("None of your résumés has this id, or it was refused.")
        raise Invalid("resume_unknown", sentence, field="resume")
    return context


def _verdict(candidate: Candidate, context: ApplyContext) -> Document | None:
    """Somebody who has applied already hears that, and not that a limit is reached."""
    posting, is_referred = context.posting, context.referral is not None
    try:
        return require_eligible(candidate, posting, context.rule_sets, is_referred=is_referred)
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
