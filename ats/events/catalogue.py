"""The catalogue of events as a document: JSON Schemas, and the page `docs/events.md`."""

from __future__ import annotations

from typing import Any

from ats.models.event import EventType
from ats.models.event_catalogue import CATALOGUE, OPTIONAL, Schema


def schema(type: EventType) -> Schema:
    """The JSON Schema (2020-12) of the `data` of events of a type."""
    members = CATALOGUE[type].data
    return {
        "type": "object",
        "properties": members | OPTIONAL,
        "required": list(members),
        "additionalProperties": False,
    }


def catalogue() -> list[dict[str, Any]]:
    """Every type as `{"type", "meaning", "schema"}`, in the order of the table."""
    return [{"type": kind.value, "meaning": str(kind.label), "schema": schema(kind)} for kind in CATALOGUE]


def as_markdown() -> str:
    """The page `docs/events.md`."""
    rows = [
        f"| `{kind.value}` | {kind.label} | {_names(spec.data)} | {', '.join(sorted(spec.notifies))} |"
        for kind, spec in CATALOGUE.items()
    ]
    return "\n".join([HEAD, *rows, ""])


def _names(members: dict[str, Schema]) -> str:
    return ", ".join(f"`{name}`" for name in members)


HEAD = """# Events

Written by `manage.py event_catalogue`; the JSON Schemas are at `/api/v1/event-types/`.

An event is `{"id", "cursor", "type", "actor", "move", "posting", "candidate", "application", "data",
"created_at"}`. `actor` is the membership of whoever did it, null where the candidate or the product itself
did. It contains ids and codes, no personal data. `data` depends on the type. Where it applies it
also contains `reverses` (the event that is taken back), `undone` (the move), `rejection_reason`, `rule` (of
assignment), `left_slot`, `unheard` (no candidate is notified) and `import` (the job that did it). The last
column says who is notified by mail; webhook endpoints hear of every type that they ask for.

| type | meaning | `data` | notified |
|---|---|---|---|"""
