"""Running the statements of a move: the same few for one application and for fifty thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from ats.applications.batches import LOCK_APPLICATIONS
from ats.applications.moves.closing import CLOSE
from ats.applications.moves.decisions import DECISIONS, Decision
from ats.applications.moves.restoring import LOCK_SLOTS, RESTORE, Related
from ats.applications.moves.results import Item, Result
from ats.applications.moves.statements import (
    LOCK_POSTINGS,
    LOCK_STAGES,
    REMAP,
    UNDO,
    decision_statement,
)
from ats.models import EventType, Move, MoveKind, Role
from ats.outbox.routing import cancel_hidden, cancel_reversed, fan_out

RESULTS = {result.value: result for result in Result}  # calling the class takes ten times as long
STATEMENTS = {kind: decision_statement(decision) for kind, decision in DECISIONS.items()}


def execute(
    batch: Move,
    ids: list[int],
    *,
    expected_stage: int | None,
    roles: Sequence[str],
    by_candidate: bool = False,
) -> list[Item]:
    """Carry out a batch of one of the decisions on the applications `ids`, for somebody who has `roles`.

    What candidates decide is judged by what they see: a rejection that is not announced is no obstacle
    `by_candidate`, and is never announced then.
    """
    decision = DECISIONS[MoveKind(batch.kind)]
    extra = {"rejection_reason": batch.rejection_reason_id} if batch.rejection_reason_id else {}
    params = _params(batch, ids, decision.event_type, extra) | _conditions(decision) | {
        "to_stage": batch.to_stage_id,
        "expected_stage": expected_stage,
        "reason": batch.reason,
        "roles": list(roles),
        "by_candidate": by_candidate,
    }  # fmt: skip
    with connection.cursor() as cursor:
        _lock(cursor, params, seats=decision.counts_seats)
        items = _run_statement(cursor, STATEMENTS[MoveKind(batch.kind)], params, batch)
        if decision.closes:
            cursor.execute(CLOSE[decision.closes], params)
    if by_candidate:
        cancel_hidden(ids)
    _queue_notices(batch, reverses=decision.reverses is not None)
    return items


def execute_undo(
    batch: Move, undone: Move, ids: list[int], *, roles: Sequence[str]
) -> tuple[list[Item], list[Related]]:
    """Take the applications of an undone move back, for somebody who has `roles`.

    What became of each application, and of the offers and interviews that the move had closed.
    """
    decision, related = DECISIONS[MoveKind(undone.kind)], list[Related]()
    params = _params(batch, ids, EventType.MOVE_UNDONE, {"undone": undone.pk}) | {
        "undoes": undone.pk,
        "along_edges": decision.along_edges,
        "least_role": decision.least_role.value,
        "roles": list(roles),
    }
    with connection.cursor() as cursor:
        cursor.execute(LOCK_STAGES, params)
        _lock(cursor, params, seats=decision.counts_seats)
        items = _run_statement(cursor, UNDO, params, batch)
        if decision.closes_when_undone:
            cursor.execute(CLOSE[decision.closes_when_undone], params)
        if decision.closes:
            cursor.execute(LOCK_SLOTS, params)
            cursor.execute(RESTORE, params)
            related = [Related(*row) for row in cursor.fetchall()]
    _queue_notices(batch, reverses=True)
    return items, related


def execute_remap(batch: Move, ids: list[int], successors: Mapping[int, int]) -> list[Item]:
    """Take applications, whatever their state, from stages to their successors, stage id to stage id."""
    params = _params(batch, ids, EventType.APPLICATION_MOVED, {"unheard": True}) | {
        "from_stages": list(successors),
        "to_stages": list(successors.values()),
    }
    with connection.cursor() as cursor:
        _lock(cursor, params, seats=False)
        items = _run_statement(cursor, REMAP, params, batch)
    _queue_notices(batch, reverses=False)
    return items


def roles_up_to(role: Role) -> list[str]:
    """The roles whose edges a member of `role` may take."""
    return [lower.value for lower in Role if role.includes(lower)]


def _lock(cursor: CursorWrapper, params: Mapping[str, Any], *, seats: bool) -> None:
    cursor.execute(LOCK_APPLICATIONS, params)
    if seats:
        cursor.execute(LOCK_POSTINGS, params)


def _params(batch: Move, ids: list[int], type: EventType, extra: Mapping[str, object]) -> dict[str, Any]:
    return {
        "organisation": batch.organisation_id,
        "actor": batch.actor_id,
        "move": batch.pk,
        "ids": ids,
        "event_type": type.value,
        "extra": Jsonb(extra),
    }


def _conditions(decision: Decision) -> dict[str, Any]:
    return {
        "from_states": [state.value for state in decision.from_states],
        "to_state": decision.to_state.value,
        "refusal": decision.refusal.value,
        "along_edges": decision.along_edges,
        "at_closed_posting": decision.at_closed_posting,
        "least_role": decision.least_role.value,
    }


def _run_statement(
    cursor: CursorWrapper, statement: str, params: Mapping[str, Any], batch: Move
) -> list[Item]:
    cursor.execute(statement, params)
    items = [Item(pk, RESULTS[outcome]) for pk, outcome in cursor.fetchall()]
    batch.moved = sum(item.result is Result.MOVED for item in items)
    return items


def _queue_notices(batch: Move, *, reverses: bool) -> None:
    fan_out(batch.organisation_id)
    if reverses:
        cancel_reversed(batch.pk)
