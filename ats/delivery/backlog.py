"""How much waits, and how long: the health of the queue is the age of its oldest due row."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from django.db import connection, transaction

from ats.common.clock import NOW
from ats.common.pinned_plans import pin
from ats.models import Channel, DeliveryState

COUNTED = 1000  # no count is higher: counting more would read them all
DUE = f"channel = channels.channel AND state = '{DeliveryState.DUE}' AND due_at <= {NOW}"
BACKLOG = f"""
SELECT channels.channel,
    (SELECT count(*) FROM (SELECT FROM ats_delivery WHERE {DUE} LIMIT %(counted)s) due),
    coalesce(extract(epoch FROM {NOW} - least(
        (SELECT due_at FROM ats_delivery WHERE {DUE} AND login_code_id IS NULL ORDER BY due_at, id LIMIT 1),
        (SELECT due_at FROM ats_delivery WHERE {DUE} ORDER BY (login_code_id IS NULL), due_at, id LIMIT 1)
    ))::int, 0),
    (SELECT count(*) FROM (
        SELECT FROM ats_delivery WHERE channel = channels.channel AND state = '{DeliveryState.DEAD}'
        LIMIT %(counted)s
    ) dead)
FROM unnest(%(channels)s::text[]) AS channels(channel)
"""


def backlog() -> dict[str, dict[str, int]]:
    """By channel `{"due", "oldest_due_seconds", "dead"}`, the counts up to 1000.

    What is due at a later time or waits for its turn is not counted. It reads at most so many rows.
    """
    names = ("due", "oldest_due_seconds", "dead")
    with transaction.atomic(), connection.cursor() as cursor:
        pin(cursor)
        cursor.execute(BACKLOG, {"channels": Channel.values, "counted": COUNTED})
        return {channel: dict(zip(names, counts, strict=True)) for channel, *counts in cursor.fetchall()}
