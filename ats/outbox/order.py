"""The rows that wait behind an earlier one of their ordering key, and how they become due again."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction

from ats.common.clock import NOW
from ats.common.pinned_plans import pin
from ats.models import DeliveryState

WAITING = f"state = '{DeliveryState.WAITING}'"
FIRST_WAITING = f"""
SELECT w.id FROM ats_delivery w
WHERE w.ordering_key >= line.key AND w.ordering_key <= line.key AND w.{WAITING}
ORDER BY w.ordering_key, w.id LIMIT 1
"""


def earlier_than(row: str) -> str:
    """The query for what comes before a row: an earlier one that is due or is being retried.

    `row` is a relation with `id` and `ordering_key`. What was due when it was made is due for its followers
    too, also on a clock that was set back since.
    """
    return f"""
        SELECT o.id FROM ats_delivery o
        WHERE o.ordering_key >= {row}.ordering_key
            AND (o.ordering_key, o.id) < ({row}.ordering_key, {row}.id) AND o.settled_at IS NULL
            AND (o.due_at <= greatest({NOW}, o.created_at) OR o.attempts > 0)
        ORDER BY o.ordering_key, o.id LIMIT 1
    """


FREE = f"""
UPDATE ats_delivery d SET state = '{DeliveryState.DUE}'
WHERE d.id = ANY(ARRAY(%s)) AND d.state IN ('{DeliveryState.WAITING}', '{DeliveryState.DUE}')
RETURNING d.channel
"""
FREE_OF_KEYS = (
    FREE
    % f"""
    SELECT first.id FROM unnest(%(keys)s::text[]) AS line(key) CROSS JOIN LATERAL ({FIRST_WAITING}) first
"""
)
FREE_ALL = (
    f"""
WITH RECURSIVE line(key) AS (
    (SELECT ordering_key FROM ats_delivery WHERE {WAITING} ORDER BY ordering_key LIMIT 1)
    UNION ALL
    SELECT (SELECT d.ordering_key FROM ats_delivery d WHERE d.{WAITING} AND d.ordering_key > line.key
        ORDER BY d.ordering_key LIMIT 1)
    FROM line WHERE line.key IS NOT NULL
), first AS MATERIALIZED (
    SELECT first.id, line.key AS ordering_key FROM line CROSS JOIN LATERAL ({FIRST_WAITING}) first
)
"""
    + FREE
    % f"""
    SELECT first.id FROM first LEFT JOIN LATERAL ({earlier_than("first")}) earlier ON true
    WHERE earlier.id IS NULL
"""
)


def free_waiting(keys: Collection[str]) -> None:
    """Make the first waiting row of each ordering key due. Called after every change that settles a row."""
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(FREE_OF_KEYS, {"keys": list(keys)})


def free_all_waiting() -> list[str]:
    """Make due what waits behind nothing; the channels of those rows.

    A net, run each minute: `free_waiting` does it at once.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        pin(cursor)
        cursor.execute(FREE_ALL)
        return sorted({channel for (channel,) in cursor.fetchall()})
