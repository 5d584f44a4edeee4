"""Applying again to a posting after withdrawing, where the campaign allows it: the same row, active again."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction
from django.db.models.functions import Now

from ats.applications.apply.context import ApplicationFields, ApplyContext
from ats.applications.moves.execution import execute, roles_up_to
from ats.applications.moves.results import Result
from ats.applications.versions import keep_version
from ats.eligibility.verdicts.document import Document, preferred_met
from ats.models import (
    Application,
    ApplicationState,
    Candidate,
    Move,
    MoveKind,
    Posting,
    Role,
    Verdict,
)


@transaction.atomic
def reapply(
    context: ApplyContext, candidate: Candidate, **fields: Unpack[ApplicationFields]
) -> Application | None:
    """The withdrawn application of a locked candidate, active in the first stage, with what it says now.

    What it said before is kept as a version. None if there is none, the campaign does not allow it, the
    posting takes no applications at this instant, or another application has this rank.
    """
    verdict = fields["verdict"]
    row = _withdrawn(context.posting, candidate, fields["preference"])
    if row is None:
        return None
    keep_version(row)
    Application.objects.filter(pk=row.pk).update(
        preference=fields["preference"],
        preferred_met=preferred_met(verdict) if verdict else 0,
        source=fields["source"],
        referral=context.referral,
        resume=context.resume,
        question_set=context.posting.question_set_id,
        answers=fields["answers"],
        updated_at=Now(),
    )
    batch = Move.objects.create(organisation_id=row.organisation_id, kind=MoveKind.REAPPLY, asked=1)
    (item,) = execute(batch, [row.pk], expected_stage=None, roles=roles_up_to(Role.OWNER))
    if item.result is not Result.MOVED:
        transaction.set_rollback(True)
        return None
    _keep_verdict(row, verdict)
    rows = Application.objects.select_related("organisation", "campaign", "posting", "stage", "track")
    return rows.get(pk=row.pk)


def _withdrawn(posting: Posting, candidate: Candidate, preference: int | None) -> Application | None:
    rows = Application.objects.filter(
        posting=posting,
        candidate=candidate,
        state=ApplicationState.WITHDRAWN,
        campaign__allows_reapplying=True,
    )
    row = rows.select_for_update(of=("self",), no_key=True).first()
    open_postings = Posting.objects.accepting().filter(pk=posting.pk)
    if row is None or not open_postings.select_for_update(of=("self",), no_key=True).exists():
        return None
    others = candidate.applications.filter(campaign=posting.campaign_id, state=ApplicationState.ACTIVE)
    is_taken = preference is not None and others.filter(preference=preference).exists()
    return None if is_taken else row


def _keep_verdict(row: Application, verdict: Document | None) -> None:
    if verdict:
        Verdict.objects.create(
            organisation_id=row.organisation_id,
            application=row,
            outcome=verdict["outcome"],
            rule_sets=[rules["id"] for rules in verdict["rule_sets"]],
            document=verdict,
        )
