"""How much waits, and how long: the health of the queue is the age of its oldest due row."""

from __future__ import annotations

from django.db import connection

from ats.models import Channel

WAITING = """
SELECT channel,
    count(*) FILTER (WHERE state = 'due' AND due_at <= statement_timestamp()) AS due,
    coalesce(extract(epoch FROM statement_timestamp() - min(due_at) FILTER (
        WHERE state = 'due' AND due_at <= statement_timestamp()
    ))::int, 0) AS age,
    count(*) FILTER (WHERE state = 'dead') AS dead
FROM ats_delivery WHERE state IN ('due', 'dead') GROUP BY channel
"""


def backlog() -> dict[str, dict[str, int]]:
    """By channel `{"due", "oldest_due_seconds", "dead"}`; what is due at a later time is not counted."""
    empty = {"due": 0, "oldest_due_seconds": 0, "dead": 0}
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        found = {channel: dict(zip(empty, counts, strict=True)) for channel, *counts in cursor.fetchall()}
    return {channel.value: found.get(channel.value, empty) for channel in Channel}
