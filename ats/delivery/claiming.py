"""Claiming due deliveries and settling them. No transaction is open while anything is sent.

Who claims is alone for those milliseconds: only so can two claims never hold one lane. The clock is
the database's, and every settlement counts only while the lease is still the caller's.
"""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, prefetch_related_objects
from django.db.models.functions import Now

from ats.common.clock import NOW
from ats.delivery.retrying import ATTEMPTS, wait_after
from ats.models import Channel, Delivery, DeliveryState

LEASE = timedelta(seconds=120)
CLAIMING = 0x0D11_7E2  # the advisory lock of whoever claims
NOTHING = timedelta(0)
LOST = "the process that was sending it died, again and again"

ALONE = "SELECT pg_advisory_xact_lock(%(claiming)s)"

# The first of a lane: nobody holds another of it, and no earlier one is due or waits to be retried.
# What was made due at once is due for its followers, also on a clock that was set back since.
FIRST_OF_LANE = f"""
NOT EXISTS (
    SELECT FROM ats_delivery o WHERE o.lane = d.lane AND o.state = 'due' AND (
        o.leased_until > {NOW}
        OR o.id < d.id AND (o.due_at <= greatest({NOW}, o.created_at) OR o.attempts > 0)
    )
)
"""
# With what a channel needs; anything else of a row is read when it is asked for.
HOLD = f"""
, held AS (
    UPDATE ats_delivery d
    SET lease = %(lease)s, leased_until = {NOW} + %(hold)s, attempts = attempts + 1
    FROM picked WHERE d.id = picked.id RETURNING d.*
)
SELECT id, uid, organisation_id, event_id, login_code_id, application_id, recipient, channel, lane, topic,
    state, lease, leased_until, attempts
FROM held ORDER BY due_at, id
"""
OLDEST = f"""
WITH picked AS (
    SELECT id FROM ats_delivery d
    WHERE channel = %(channel)s AND state = 'due' AND due_at <= {NOW} AND leased_until IS NULL
        AND {FIRST_OF_LANE}
    ORDER BY (login_code_id IS NULL), due_at, id LIMIT %(limit)s
)
{HOLD}
"""
# Whatever killed the process that held these may do so again: they travel alone.
SUSPECT = f"""
WITH picked AS (
    SELECT id FROM ats_delivery d
    WHERE channel = %(channel)s AND state = 'due' AND due_at <= {NOW} AND leased_until <= {NOW}
        AND {FIRST_OF_LANE}
    ORDER BY leased_until, id LIMIT 1
)
{HOLD}
"""
# Some for every endpoint that is awake, and for one that fails a single one, to try.
FAIR = f"""
WITH picked AS (
    SELECT d.id FROM ats_endpoint p CROSS JOIN LATERAL (
        SELECT id FROM ats_delivery d
        WHERE recipient = 'endpoint:' || p.id AND channel = 'webhook' AND state = 'due' AND due_at <= {NOW}
            AND (leased_until IS NULL OR leased_until <= {NOW}) AND {FIRST_OF_LANE}
        ORDER BY due_at, id
        LIMIT greatest(0, CASE WHEN p.failing_since IS NULL THEN %(each)s ELSE 1 END - (
            SELECT count(*) FROM ats_delivery h
            WHERE h.recipient = 'endpoint:' || p.id AND h.channel = 'webhook' AND h.state = 'due'
                AND h.leased_until > {NOW}
        ))
    ) d
    WHERE p.rests_until IS NULL OR p.rests_until <= {NOW}
    LIMIT %(limit)s
)
{HOLD}
"""
GIVE_UP_LOST = f"""
UPDATE ats_delivery
SET state = 'dead', settled_at = {NOW}, lease = NULL, leased_until = NULL, last_error = %(lost)s
WHERE channel = %(channel)s AND state = 'due' AND due_at <= {NOW} AND leased_until <= {NOW}
    AND attempts >= %(attempts)s
"""


def claim_oldest(channel: Channel, limit: int) -> list[Delivery]:
    """Up to `limit` due rows nobody held before, sign-in codes first, one for each lane."""
    return _claim(OLDEST, channel=channel, limit=limit)


def claim_expired(channel: Channel) -> list[Delivery]:
    """One row whose holder vanished, or none. Those that had their last try become dead letters first."""
    give_up_lost(channel)
    return _claim(SUSPECT, channel=channel)


def claim_fairly(channel: Channel, limit: int, *, each: int) -> list[Delivery]:
    """Up to `limit` due rows, of no endpoint more than `each` at a time, counting those held."""
    return _claim(FAIR, limit=limit, each=each)


def give_up_lost(channel: Channel) -> None:
    """What vanished with its holder at its last try becomes a dead letter."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_UP_LOST, {"lost": LOST, "attempts": ATTEMPTS, "channel": channel})


@transaction.atomic
def _claim(statement: str, **facts: Any) -> list[Delivery]:
    with connection.cursor() as cursor:
        cursor.execute(ALONE, {"claiming": CLAIMING})
    return list(Delivery.objects.raw(statement, {**facts, "lease": uuid.uuid4(), "hold": LEASE}))


def with_subjects(deliveries: list[Delivery]) -> list[Delivery]:
    """The same, with what they tell of read in one go."""
    prefetch_related_objects(deliveries, "event", "login_code")
    return deliveries


def held_since(delivery: Delivery) -> datetime:
    """When a row that one holds was claimed, by the database's clock."""
    assert delivery.leased_until is not None
    return delivery.leased_until - LEASE


@contextmanager
def only_one(channel: str) -> Iterator[bool]:
    """Whether the caller is the only process in this block for a channel."""
    facts: dict[str, Any] = {"channel": channel, "claiming": CLAIMING}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%(claiming)s, hashtext(%(channel)s))", facts)
        [is_only] = cursor.fetchone() or [False]
        try:
            yield is_only
        finally:
            if is_only:
                cursor.execute("SELECT pg_advisory_unlock(%(claiming)s, hashtext(%(channel)s))", facts)


def claim_with(delivery: Delivery, *, all_due: bool) -> list[Delivery]:
    """What goes out together with a row that one holds, itself the first, in order.

    The others of its topic, due by themselves or not yet; with `all_due` also all of its lane that
    is due. Nobody else can hold any of these: the lane is ours.
    """
    together = Q(topic=delivery.topic) if delivery.topic else Q(pk=None)
    if all_due:
        together |= Q(due_at__lte=Now())
    lane = Delivery.objects.filter(lane=delivery.lane, state=DeliveryState.DUE).exclude(pk=delivery.pk)
    lane.filter(together).update(lease=delivery.lease, leased_until=Now() + LEASE, attempts=F("attempts") + 1)
    held = lane.filter(lease=delivery.lease).select_related("event").order_by("id")
    return [delivery, *held]


def sent(deliveries: Collection[Delivery]) -> None:
    """Handed over: settled in one statement."""
    held = Delivery.objects.filter(
        pk__in=[row.pk for row in deliveries], lease__in={row.lease for row in deliveries}
    )
    held.update(lease=None, leased_until=None, state=DeliveryState.SENT, settled_at=Now(), last_error="")


def give_up(delivery: Delivery, reason: str) -> None:
    """Never to be sent: a dead letter, visible with its reason."""
    _settle(delivery, state=DeliveryState.DEAD, settled_at=Now(), last_error=_kept(reason))


def cancel(delivery: Delivery, reason: str) -> None:
    """Not wanted by whom it was for, or no longer true."""
    _settle(delivery, state=DeliveryState.CANCELLED, settled_at=Now(), last_error=_kept(reason))


def postpone(delivery: Delivery, until: datetime) -> None:
    """Due at another time; this was no try."""
    _settle(delivery, due_at=until, attempts=F("attempts") - 1)


def release(deliveries: Iterable[Delivery]) -> None:
    """Claimed but not begun: for anybody to take at once."""
    for delivery in deliveries:
        _settle(delivery, attempts=F("attempts") - 1)


def retry_later(delivery: Delivery, reason: str, *, after: timedelta = NOTHING) -> None:
    """Due again by the schedule, or when the receiver said; dead after the last try."""
    if delivery.attempts >= ATTEMPTS:
        return give_up(delivery, reason)
    due_at = Now() + wait_after(delivery.attempts, at_least=after)
    return _settle(delivery, due_at=due_at, last_error=_kept(reason))


def _kept(reason: str) -> str:
    """As much of a reason as the table holds, and nothing that it can not hold."""
    return reason.replace("\0", "")[:500]


def _settle(delivery: Delivery, **changes: object) -> None:
    held = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, state=DeliveryState.DUE)
    held.update(lease=None, leased_until=None, **changes)
