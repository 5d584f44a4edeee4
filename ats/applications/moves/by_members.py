"""Moves applications in bulk on behalf of a member."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ats.applications.batches import Applications, ids_of
from ats.applications.moves.decisions import DECISIONS
from ats.applications.moves.execution import execute, roles_up_to
from ats.applications.moves.results import Item
from ats.common.errors import Invalid, NotFound
from ats.models import (
    Membership,
    Move,
    MoveKind,
    Organisation,
    RejectionReason,
    Role,
    Stage,
    StageKind,
)

# Locked until the end, so that the stage cannot vanish while applications are on their way to it.
LOCK_STAGE = "SELECT * FROM ats_stage WHERE organisation_id = %s AND id = %s FOR KEY SHARE"


@transaction.atomic
def move_applications(
    *,
    by: Membership,
    applications: Applications,
    kind: MoveKind = MoveKind.STAGE,
    to_stage: int | None = None,
    rejection_reason: int | None = None,
    expected_stage: int | None = None,
    reason: str = "",
    dry_run: bool = False,
) -> tuple[Move, list[Item]]:
    """Move applications, to a stage or by a decision; what became of each, in id order.

    An application that may not move stays where it is, and its item says why. A move to a stage of
    the kind `hired` hires. With `dry_run` the answer is the same and nothing is kept. Raises NotFound
    for a stage or a reason that is not the organisation's; Invalid("required") and
    Invalid("not_taken") for an input that the kind needs or does not take; Invalid("too_many")
    beyond 50,000.
    """
    _check_inputs(kind, {"to_stage": to_stage, "rejection_reason": rejection_reason})
    stage = _stage(by.organisation, to_stage)
    if stage and stage.kind == StageKind.HIRED:
        kind = MoveKind.HIRE
    ids = ids_of(applications)
    batch = Move.objects.create(
        organisation=by.organisation,
        kind=kind,
        actor=by,
        to_stage=stage,
        rejection_reason=_reason(by.organisation, rejection_reason),
        reason=reason,
        asked=len(ids),
    )
    items = execute(batch, ids, expected_stage=expected_stage, roles=roles_up_to(Role(by.role)))
    if dry_run:
        transaction.set_rollback(True)
    return batch, items


def _check_inputs(kind: MoveKind, given: dict[str, int | None]) -> None:
    needed = DECISIONS[kind].required_input
    for name, value in given.items():
        if name == needed and value is None:
            raise Invalid("required", _("This kind of move needs it."), field=name)
        if name != needed and value is not None:
            raise Invalid("not_taken", _("This kind of move does not take it."), field=name)


def _stage(organisation: Organisation, pk: int | None) -> Stage | None:
    if pk is None:
        return None
    for stage in Stage.objects.raw(LOCK_STAGE, [organisation.pk, pk]):
        return stage
    raise NotFound("stage_not_found", _("There is no such stage."), field="to_stage")


def _reason(organisation: Organisation, pk: int | None) -> RejectionReason | None:
    if pk is None:
        return None
    row = RejectionReason.objects.for_org(organisation).filter(pk=pk).first()
    if row is None:
        sentence = _("There is no such rejection reason.")
        raise NotFound("rejection_reason_not_found", sentence, field="rejection_reason")
    return row
