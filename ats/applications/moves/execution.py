"""Running the statements of a move: the same few, whether for one application or fifty thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.types.json import Jsonb

from ats.applications.moves.closing import END
from ats.applications.moves.decisions import DECISIONS, Decision
from ats.applications.moves.results import Item, Result
from ats.applications.moves.statements import (
    LOCK_APPLICATIONS,
    LOCK_POSTINGS,
    LOCK_STAGES,
    REMAP,
    UNDO,
    decide,
)
from ats.models import EventType, Move, MoveKind, Role
from ats.outbox.routing import cancel_reversed, fan_out

RESULTS = {result.value: result for result in Result}  # calling the class takes ten times as long
STATEMENTS = {kind: decide(decision) for kind, decision in DECISIONS.items()}


def execute(batch: Move, ids: list[int], *, expected_stage: int | None, roles: Sequence[str]) -> list[Item]:
    """Do what a batch of one of the decisions asks to `ids`, with the powers of `roles`."""
    decision = DECISIONS[MoveKind(batch.kind)]
    more = {"rejection_reason": batch.rejection_reason_id} if batch.rejection_reason_id else {}
    facts = _facts(batch, ids, decision.tells, more) | _conditions(decision) | {
        "to_stage": batch.to_stage_id,
        "expected_stage": expected_stage,
        "reason": batch.reason,
        "roles": list(roles),
    }  # fmt: skip
    with connection.cursor() as cursor:
        _lock(cursor, facts, places=decision.counts_places)
        items = _run(cursor, STATEMENTS[MoveKind(batch.kind)], facts, batch)
        if decision.ends:
            cursor.execute(END, facts)
    _tell(batch, reverses=decision.reverses is not None)
    return items


def execute_undo(batch: Move, undone: Move, ids: list[int]) -> list[Item]:
    """Take the applications of an undone move back to where they were before it."""
    facts = _facts(batch, ids, EventType.MOVE_UNDONE, {"undone": undone.pk}) | {"undoes": undone.pk}
    decision = DECISIONS[MoveKind(undone.kind)]
    with connection.cursor() as cursor:
        cursor.execute(LOCK_STAGES, facts)
        _lock(cursor, facts, places=decision.counts_places)
        items = _run(cursor, UNDO, facts, batch)
        if decision.ends_when_undone:
            cursor.execute(END, facts)
    _tell(batch, reverses=True)
    return items


def execute_remap(batch: Move, ids: list[int], successors: Mapping[int, int]) -> list[Item]:
    """Take applications, whatever their state, from stages to their successors, stage id to stage id."""
    facts = _facts(batch, ids, EventType.APPLICATION_MOVED, {"unheard": True}) | {
        "from_stages": list(successors),
        "to_stages": list(successors.values()),
    }
    with connection.cursor() as cursor:
        _lock(cursor, facts, places=False)
        items = _run(cursor, REMAP, facts, batch)
    _tell(batch, reverses=False)
    return items


def powers(role: Role) -> list[str]:
    """The roles whose edges a member of `role` may take."""
    return [lower.value for lower in Role if role.includes(lower)]


def _lock(cursor: CursorWrapper, facts: Mapping[str, Any], *, places: bool) -> None:
    cursor.execute(LOCK_APPLICATIONS, facts)
    if places:
        cursor.execute(LOCK_POSTINGS, facts)


def _facts(batch: Move, ids: list[int], tells: EventType, more: Mapping[str, object]) -> dict[str, Any]:
    return {
        "organisation": batch.organisation_id,
        "actor": batch.actor_id,
        "move": batch.pk,
        "ids": ids,
        "tells": tells.value,
        "more": Jsonb(more),
    }


def _conditions(decision: Decision) -> dict[str, Any]:
    return {
        "leaves": [state.value for state in decision.leaves],
        "enters": decision.enters.value,
        "unless": decision.unless.value,
        "along_edges": decision.along_edges,
        "at_closed_posting": decision.at_closed_posting,
        "least_role": decision.least_role.value,
    }


def _run(cursor: CursorWrapper, statement: str, facts: Mapping[str, Any], batch: Move) -> list[Item]:
    cursor.execute(statement, facts)
    items = [Item(pk, RESULTS[outcome]) for pk, outcome in cursor.fetchall()]
    batch.moved = sum(item.result is Result.MOVED for item in items)
    return items


def _tell(batch: Move, *, reverses: bool) -> None:
    fan_out(batch.organisation_id)
    if reverses:
        cancel_reversed(batch.pk)
