"""The events of an import, many in one statement: a list may bring a hundred thousand postings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from ats.events.insert import insert_events
from ats.models import EventType, PostingState
from ats.outbox.routing import fan_out
from ats.postings.importing.target import Target


class Change(NamedTuple):
    """One event to be: whose posting, by id, and its data."""

    posting: int
    type: EventType
    data: dict[str, object]


RECORD = insert_events(
    """FROM (
        SELECT posting_id, type, data, number, NULL::bigint AS candidate_id, NULL::bigint AS application_id
        FROM unnest(%(postings)s::bigint[], %(types)s::text[], %(data)s::text[])
            WITH ORDINALITY said(posting_id, type, data, number)
    ) said ORDER BY number""",
    type="type",
    data="data::jsonb",
)


def created(posting: int, state: PostingState) -> Change:
    return Change(posting, EventType.POSTING_CREATED, {"state": state.value})


def updated(posting: int, before: PostingState, after: PostingState, fields: Sequence[str]) -> list[Change]:
    """What follows from a change of these fields: one event, and one more where the state changes."""
    changes = []
    if fields:
        changes.append(Change(posting, EventType.POSTING_UPDATED, {"fields": sorted(fields)}))
    if before != after:
        data = {"before": before.value, "after": after.value}
        changes.append(Change(posting, EventType.POSTING_STATE_CHANGED, dict[str, object](data)))
    return changes


def record(target: Target, changes: Sequence[Change]) -> None:
    """Append the events and queue the deliveries that they make due. Two statements, none for nothing."""
    if not changes:
        return
    mark = {"import": target.job} if target.job else {}
    params = {
        "organisation": target.organisation.pk,
        "actor": target.by.pk if target.by else None,
        "postings": [change.posting for change in changes],
        "types": [change.type.value for change in changes],
        "data": [json.dumps(change.data | mark) for change in changes],
    }
    with connection.cursor() as cursor:
        cursor.execute(RECORD, params)
    fan_out(target.organisation.pk)
