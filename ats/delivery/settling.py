"""What becomes of claimed deliveries. Each change counts only while the lease is still the caller's."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from ats.common.clock import NOW
from ats.common.pinned_plans import pin
from ats.delivery.retrying import ATTEMPTS, wait_after
from ats.models import Delivery, DeliveryState
from ats.outbox.order import free_waiting

NO_WAIT = timedelta(0)
LOST = "the process that was sending it died, again and again"

GIVE_UP_EXPIRED = f"""
UPDATE ats_delivery d
SET state = '{DeliveryState.DEAD}', settled_at = {NOW}, last_error = %(lost)s, lease = NULL,
    leased_until = NULL
WHERE d.id = ANY(ARRAY(
    SELECT id FROM (
        SELECT id, leased_until, attempts FROM ats_delivery
        WHERE channel = %(channel)s AND state = '{DeliveryState.DUE}' AND due_at <= {NOW}
        ORDER BY (login_code_id IS NULL), due_at, id LIMIT %(front)s
    ) front WHERE leased_until <= {NOW} AND attempts >= %(attempts)s
)) AND d.leased_until <= {NOW}
RETURNING d.ordering_key
"""


def give_up_expired(channel: str, *, attempts: int, front: int) -> None:
    """Of the `front` oldest rows those that vanished with their worker at the last attempt become dead."""
    params: dict[str, Any] = {"lost": LOST, "attempts": attempts, "front": front, "channel": channel}
    with transaction.atomic(), connection.cursor() as cursor:
        pin(cursor)
        cursor.execute(GIVE_UP_EXPIRED, params)
        free_waiting([key for (key,) in cursor.fetchall()])


def sent(deliveries: Collection[Delivery]) -> None:
    """Handed over: settled in one statement for each thing that was said."""
    by_content: dict[UUID | None, list[Delivery]] = {}
    for row in deliveries:
        by_content.setdefault(row.__dict__.get("content"), []).append(row)
    for content, rows in by_content.items():
        _settle(rows, state=DeliveryState.SENT, settled_at=Now(), last_error="", content=content)


def give_up(delivery: Delivery, reason: str) -> None:
    """Never to be sent: a dead letter, visible with its reason."""
    _settle([delivery], state=DeliveryState.DEAD, settled_at=Now(), last_error=_storable(reason))


def cancel(delivery: Delivery, reason: str) -> None:
    """Not wanted by the recipient, or no longer true."""
    _settle([delivery], state=DeliveryState.CANCELLED, settled_at=Now(), last_error=_storable(reason))


def postpone(delivery: Delivery, until: datetime) -> None:
    """Due at another time; this was no attempt."""
    _settle([delivery], due_at=until, attempts=F("attempts") - 1)


def release(deliveries: Iterable[Delivery]) -> None:
    """Claimed but not begun: due at once, and this was no attempt."""
    _settle(list(deliveries), attempts=F("attempts") - 1)


def retry_later(delivery: Delivery, reason: str, *, after: timedelta = NO_WAIT) -> None:
    """Due again by the schedule, or when the receiver said; dead after the last attempt."""
    if delivery.attempts >= ATTEMPTS:
        return give_up(delivery, reason)
    due_at = Now() + wait_after(delivery.attempts, at_least=after)
    return _settle([delivery], due_at=due_at, last_error=_storable(reason))


def _storable(reason: str) -> str:
    """As much of a reason as the table has room for, and nothing that it cannot store."""
    return reason.replace("\0", "")[:500]


def _settle(deliveries: Collection[Delivery], **changes: object) -> None:
    if not deliveries:
        return
    ids, leases = [row.pk for row in deliveries], {row.lease for row in deliveries}
    mine = Delivery.objects.filter(pk__in=ids, lease__in=leases)
    mine.update(lease=None, leased_until=None, **changes)
    free_waiting({row.ordering_key for row in deliveries})
