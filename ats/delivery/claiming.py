"""Claiming due deliveries. No transaction is open while anything is sent.

1.  One claim runs at a time, for some milliseconds: an advisory lock. The clock is the database's.
2.  It looks at the oldest due rows of a channel that no worker has, sign-in codes first; of endpoints at
    the oldest of each, so that none waits for the others. It looks at as many as are asked for.
3.  A row with an earlier unsettled one of its ordering key becomes `waiting`: no claim looks at it again.
    The earlier row is locked for that moment. So whoever is settling it either comes first, and the row
    does not become `waiting`, or comes second, and finds it.
4.  The others get a lease and count an attempt. A row that was settled meanwhile is passed over.
5.  Settling a row makes the first waiting one of its ordering key due: see `settling`. A sweep each minute
    finds those whose predecessor vanished in another way.

Every row is looked at a constant number of times on its way, however many are due.
"""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from ats.common.clock import NOW
from ats.common.pinned_plans import lock_and_pin
from ats.delivery.retrying import ATTEMPTS
from ats.delivery.settling import give_up_expired
from ats.models import Delivery, DeliveryState
from ats.models.delivery import ENDPOINT
from ats.outbox.order import earlier_than

LEASE = timedelta(seconds=120)
CLAIMING = 0x0D11_7E2  # the advisory lock of whoever claims
FRONT = 1000  # rows among which expired leases are looked for: they are the oldest

# `state IN (...)` and not `= 'due'`: a condition that no partial index serves, so rows are found by id.
IS_UNSETTLED = f"d.state IN ('{DeliveryState.DUE}', '{DeliveryState.WAITING}')"
IS_FREE = f"(d.leased_until IS NULL OR d.leased_until <= {NOW})"
COLUMNS = [
    "id", "uid", "organisation_id", "event_id", "login_code_id", "application_id", "recipient", "channel",
    "ordering_key", "group_key", "state", "due_at", "lease", "leased_until", "attempts", "created_at",
]  # fmt: skip
CLAIMED = f"""
SET lease = %(lease)s, leased_until = {NOW} + %(for)s, attempts = attempts + 1, state = '{DeliveryState.DUE}'
"""

CLAIM = f"""
, judged AS MATERIALIZED (
    SELECT due.id, earlier.id AS behind
    FROM due LEFT JOIN LATERAL ({earlier_than("due")} FOR NO KEY UPDATE) earlier ON true
), waiting AS (
    UPDATE ats_delivery d SET state = '{DeliveryState.WAITING}'
    WHERE d.id = ANY(ARRAY(SELECT id FROM judged WHERE behind IS NOT NULL)) AND {IS_UNSETTLED} AND {IS_FREE}
), claimed AS (
    UPDATE ats_delivery d {CLAIMED}
    WHERE d.id = ANY(ARRAY(SELECT id FROM judged WHERE behind IS NULL)) AND {IS_UNSETTLED} AND {IS_FREE}
    RETURNING {", ".join(f"d.{name}" for name in COLUMNS)}
)
SELECT looked.count, claimed.* FROM (SELECT count(*) FROM judged) looked LEFT JOIN claimed ON true
ORDER BY claimed.due_at, claimed.id
"""
OLDEST = f"""
WITH due AS MATERIALIZED (
    SELECT id, ordering_key FROM ats_delivery
    WHERE channel = %(channel)s AND state = '{DeliveryState.DUE}' AND due_at <= {NOW} AND leased_until IS NULL
    ORDER BY (login_code_id IS NULL), due_at, id LIMIT %(limit)s
)
"""
# The rows that a worker died with are among the oldest.
EXPIRED = f"""
WITH front AS MATERIALIZED (
    SELECT id, ordering_key, leased_until FROM ats_delivery
    WHERE channel = %(channel)s AND state = '{DeliveryState.DUE}' AND due_at <= {NOW}
    ORDER BY (login_code_id IS NULL), due_at, id LIMIT %(front)s
), due AS MATERIALIZED (
    SELECT id, ordering_key FROM front WHERE leased_until <= {NOW} ORDER BY leased_until, id LIMIT %(limit)s
)
"""
# The endpoints that something is due to, one after the other by the index; of each that does not rest its
# share; and of all shares the first rows, then the second ones, and so on.
OF_EACH_ENDPOINT = f"""
WITH RECURSIVE receiver(recipient) AS (
    (SELECT recipient FROM ats_delivery
        WHERE state = '{DeliveryState.DUE}' AND recipient LIKE '{ENDPOINT}%%' ORDER BY recipient LIMIT 1)
    UNION ALL
    SELECT (SELECT d.recipient FROM ats_delivery d
        WHERE d.state = '{DeliveryState.DUE}' AND d.recipient LIKE '{ENDPOINT}%%'
            AND d.recipient > receiver.recipient ORDER BY d.recipient LIMIT 1)
    FROM receiver WHERE receiver.recipient IS NOT NULL
), share AS MATERIALIZED (
    SELECT recipient, coalesce(busy.count, 0) AS busy, greatest(0,
        CASE WHEN p.failing_since IS NULL THEN %(each)s ELSE 1 END - coalesce(busy.count, 0)) AS free
    FROM receiver CROSS JOIN LATERAL (
        SELECT failing_since, rests_until FROM ats_endpoint
        WHERE id = substr(recipient, {len(ENDPOINT) + 1})::bigint OFFSET 0
    ) p
    LEFT JOIN unnest(%(recipients)s::text[], %(counts)s::int[]) AS busy(recipient, count) USING (recipient)
    WHERE p.rests_until IS NULL OR p.rests_until <= {NOW}
), due AS MATERIALIZED (
    SELECT oldest.id, oldest.ordering_key
    FROM share CROSS JOIN LATERAL (
        SELECT d.id, d.ordering_key, d.due_at, row_number() OVER (ORDER BY d.due_at, d.id) AS position
        FROM (
            SELECT id, ordering_key, due_at FROM ats_delivery
            WHERE recipient = share.recipient AND recipient LIKE '{ENDPOINT}%%'
                AND state = '{DeliveryState.DUE}' AND due_at <= {NOW}
                AND (leased_until IS NULL OR leased_until <= {NOW})
            ORDER BY due_at, id LIMIT share.free
        ) d
    ) oldest
    ORDER BY share.busy + oldest.position, oldest.due_at, oldest.id LIMIT %(limit)s
)
"""
# What goes out with a claimed row: the rest of its group, but what may still be undone; with `all_due` also
# whatever is due to the same recipient.
COMPANIONS = f"""
WITH companion AS MATERIALIZED (
    SELECT o.id FROM unnest(
        %(ids)s::bigint[], %(keys)s::text[], %(groups)s::text[], %(all_due)s::boolean[]
    ) AS head(id, ordering_key, group_key, all_due)
    CROSS JOIN LATERAL (
        SELECT d.id FROM ats_delivery d
        WHERE d.ordering_key = head.ordering_key AND d.settled_at IS NULL AND d.id <> head.id AND {IS_FREE}
            AND (head.all_due AND d.due_at <= {NOW} OR head.group_key <> '' AND d.group_key = head.group_key
                AND (d.due_at <= {NOW} OR d.created_at <= {NOW} - %(undo_window)s))
    ) o
)
UPDATE ats_delivery d {CLAIMED}
WHERE d.id = ANY(ARRAY(SELECT id FROM companion)) AND {IS_UNSETTLED} AND {IS_FREE}
RETURNING {", ".join(f"d.{name}" for name in COLUMNS)}
"""
CHANNEL_LOCK = "hashtextextended(%(channel)s, %(claiming)s)"


def claim_oldest(channel: str, limit: int) -> list[Delivery]:
    """Up to `limit` due rows that nobody had before, sign-in codes first, one of each ordering key."""
    return _claim(OLDEST, channel=channel, limit=limit)


def claim_expired(channel: str) -> list[Delivery]:
    """One row whose worker vanished, or none. Rows that had their last attempt become dead letters first."""
    give_up_expired(channel, attempts=ATTEMPTS, front=FRONT)
    return _claim(EXPIRED, channel=channel, limit=1, front=FRONT)


def claim_per_endpoint(limit: int, *, each: int, busy: Mapping[str, int]) -> list[Delivery]:
    """Up to `limit` due rows for endpoints, the same number of each that has as many.

    Of no endpoint more than `each` at a time, of one that fails one: `busy` says how many of each
    recipient the caller is sending.
    """
    return _claim(OF_EACH_ENDPOINT, limit=limit, each=each, recipients=list(busy), counts=list(busy.values()))


def _claim(due: str, **params: Any) -> list[Delivery]:
    """Claim what `due` finds; again where all of it had to wait."""
    while True:
        looked, claimed = _claim_once(due + CLAIM, params)
        if claimed or not looked:
            return claimed


@transaction.atomic
def _claim_once(statement: str, params: dict[str, Any]) -> tuple[int, list[Delivery]]:
    with connection.cursor() as cursor:
        lock_and_pin(cursor, CLAIMING)
        cursor.execute(statement, params | {"lease": uuid.uuid4(), "for": LEASE})
        rows = cursor.fetchall()
    return rows[0][0], [_delivery(row) for _looked, *row in rows if row[0] is not None]


def _delivery(values: Sequence[Any]) -> Delivery:
    return Delivery.from_db("default", COLUMNS, values)


@transaction.atomic
def claim_companions(heads: Sequence[Delivery], *, all_due: Sequence[bool]) -> dict[int, list[Delivery]]:
    """What goes out together with each of the claimed rows, by its id, in order.

    `all_due` says for each whether it takes all that is due to its recipient, besides its group.
    """
    params: dict[str, Any] = {
        "ids": [row.pk for row in heads],
        "keys": [row.ordering_key for row in heads],
        "groups": [row.group_key for row in heads],
        "all_due": list(all_due),
        "undo_window": settings.UNDO_WINDOW,
        "lease": heads[0].lease,
        "for": LEASE,
    }
    with connection.cursor() as cursor:
        lock_and_pin(cursor, CLAIMING)
        cursor.execute(COMPANIONS, params)
        rows = cursor.fetchall()
    found: dict[int, list[Delivery]] = {}
    heads_by_key = {row.ordering_key: row.pk for row in heads}  # one of each was claimed
    for row in sorted(map(_delivery, rows), key=lambda row: row.pk):
        found.setdefault(heads_by_key[row.ordering_key], []).append(row)
    return found


def claimed_at(delivery: Delivery) -> datetime:
    """When a claimed row was claimed, by the database's clock."""
    assert delivery.leased_until is not None
    return delivery.leased_until - LEASE


@contextmanager
def only_one(channel: str) -> Iterator[bool]:
    """Whether the caller is the only process in this block for a channel."""
    params: dict[str, Any] = {"channel": channel, "claiming": CLAIMING}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({CHANNEL_LOCK})", params)
        [is_only] = cursor.fetchone() or [False]
        try:
            yield is_only
        finally:
            if is_only:
                cursor.execute(f"SELECT pg_advisory_unlock({CHANNEL_LOCK})", params)
