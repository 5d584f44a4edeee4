"""Taking a move back, for a short while after it."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.applications.moves.decisions import DECISIONS
from ats.applications.moves.execution import execute_undo, roles_up_to
from ats.applications.moves.restoring import Related
from ats.applications.moves.results import Item, Result
from ats.common.errors import Conflict, Forbidden, NotFound
from ats.models import Event, Membership, Move, MoveKind, Role


class Undone(NamedTuple):
    """The new move, what became of each application, and of the offers and interviews it had closed."""

    move: Move
    items: list[Item]
    related: list[Related]


@transaction.atomic
def undo_move(*, by: Membership, move: int) -> Undone:
    """Take back a member's move: each application that has not moved since goes back to where it was.

    Mails that were not sent yet are cancelled; where one was sent, the candidate hears of the change.
    Offers and interviews that the move had closed are restored where that is still possible. An item
    over an edge that asks for a higher role than `by` has is refused: `role_too_low`; if that leaves
    nothing, the undo is not used up: Forbidden("role_too_low"). An undo cannot be undone, nor can a
    candidate's withdrawal. Raises
    NotFound("move_not_found"), Conflict("undone_already"), Conflict("undo_too_late").
    """
    undone = _lock(by, move)
    ids = list(Event.objects.filter(move=undone).values_list("application", flat=True))
    batch = Move.objects.create(
        organisation=by.organisation,
        kind=MoveKind.UNDO,
        actor=by,
        undoes=undone,
        asked=len(ids),
    )
    items, related = execute_undo(batch, undone, ids, roles=roles_up_to(Role(by.role)))
    if not batch.moved and any(item.result is Result.ROLE_TOO_LOW for item in items):
        sentence = _("Whoever undoes a decision needs the role that it took.")
        raise Forbidden("role_too_low", sentence)
    return Undone(batch, items, related)


def _lock(by: Membership, pk: int) -> Move:
    """The move, locked so that nobody else undoes it meanwhile."""
    # What a candidate decided has no actor.
    rows = Move.objects.for_org(by.organisation).filter(kind__in=DECISIONS, actor__isnull=False)
    undone = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if undone is None:
        raise NotFound("move_not_found", _("There is no such move that can be undone."))
    if Move.objects.filter(undoes=undone).exists():
        raise Conflict("undone_already", _("This move was undone already."))
    if not Move.objects.filter(pk=pk, created_at__gt=Now() - settings.UNDO_WINDOW).exists():
        raise Conflict("undo_too_late", _("It is too late to undo this move."))
    return undone
