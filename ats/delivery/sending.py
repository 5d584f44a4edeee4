"""One drain of a channel: claim, load, compose, send, settle, until nothing is due."""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import Error as DatabaseError

from ats.delivery import claiming, settling
from ats.delivery.channels import sender_of
from ats.delivery.channels.contract import Sender
from ats.delivery.outcomes import PermanentFailure, Postponed, Suppressed, TransientFailure
from ats.models import Channel, Delivery
from ats.outbox.wakeup import wake_worker

LOOK_EVERY = 0.1  # seconds until newly due rows join those under way
# Seconds after a claim in which sending may begin: who has lost the lease must not act.
BEGIN_WITHIN = claiming.LEASE.total_seconds() - 20
# These are no fault of the row that is being worked on.
NOT_OF_THE_ROW = (DatabaseError, SoftTimeLimitExceeded)
logger = logging.getLogger(__name__)


def drain(channel: str = Channel.EMAIL) -> int:
    """Send all of a channel that is due, for at most `max_seconds`; the number of deliveries tried."""
    sender = sender_of(channel)
    if not sender.exclusive:
        return _drain(channel, sender)
    with claiming.only_one(channel) as is_only:
        return _drain(channel, sender) if is_only else 0


def _drain(channel: str, sender: Sender) -> int:
    with sender.session() as send, _executor(sender.threads) as executor:
        drain = Drain(sender, send, executor, time.monotonic() + sender.max_seconds)
        drain.run()
    if drain.is_over:
        wake_worker(channel)
    return drain.tried


@dataclass
class Drain:
    """What one drain has claimed: parcels in `waiting`, and those under way."""

    sender: Sender
    send: Callable[[Any], None]
    executor: Executor
    until: float
    waiting: deque[Any] = field(default_factory=deque)
    under_way: dict[Future[None], Any] = field(default_factory=dict)
    begin_until: float = 0.0
    looked_at: float = 0.0
    expired_first: bool = False
    tried: int = 0

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def run(self) -> None:
        try:
            while self.refill():
                while self.waiting and len(self.under_way) < self.sender.max_in_flight:
                    self.begin(self.waiting.popleft())
                self.settle()
        except NOT_OF_THE_ROW:
            self.release_waiting()
            raise

    def refill(self) -> bool:
        """Claim more if there is room and time; whether anything is left to do."""
        if self.is_over:
            self.release_waiting()
        elif not self.waiting and self.should_look():
            self.looked_at = time.monotonic()
            self.begin_until = self.looked_at + BEGIN_WITHIN
            self.take(self.claim())
        return bool(self.waiting or self.under_way)

    def claim(self) -> list[Delivery]:
        """What is due, and in turn with it what a worker died with: whatever killed it may do so again, so
        such a row is sent with nothing beside it."""
        found = self.claim_expired() if self.expired_first else self.claim_due()
        if not found:
            found = self.claim_due() if self.expired_first else self.claim_expired()
        self.expired_first = not self.expired_first
        return found

    def claim_due(self) -> list[Delivery]:
        room = self.sender.batch - len(self.under_way)
        return self.sender.claim(room, busy=Counter(row.recipient for row in self.rows_under_way()))

    def claim_expired(self) -> list[Delivery]:
        return [] if self.under_way else self.sender.claim_expired()

    def rows_under_way(self) -> list[Delivery]:
        return list(chain.from_iterable(parcel.deliveries for parcel in self.under_way.values()))

    def should_look(self) -> bool:
        """When a quarter is free; with less room only now and then, for a claim costs the same."""
        room = self.sender.max_in_flight - len(self.under_way)
        is_time = time.monotonic() - self.looked_at >= LOOK_EVERY
        return 4 * room >= self.sender.max_in_flight or (room > 0 and is_time)

    def take(self, deliveries: list[Delivery]) -> None:
        """Make parcels of claimed rows."""
        self.tried += len(deliveries)
        if deliveries:
            loaded = self.sender.load(deliveries)
            parcels = (compose(self.sender, row, loaded) for row in deliveries)
            self.waiting.extend(parcel for parcel in parcels if parcel is not None)

    def begin(self, parcel: Any) -> None:
        if time.monotonic() < self.begin_until:
            self.under_way[self.executor.submit(self.send, parcel)] = parcel
        else:
            settling.release(parcel.deliveries)

    def settle(self) -> None:
        done, _running = wait(self.under_way, LOOK_EVERY, FIRST_COMPLETED)
        results = [(self.under_way.pop(future), future.exception()) for future in done]
        settling.sent([row for parcel, error in results if not error for row in parcel.deliveries])
        for parcel, error in results:
            if error is not None:
                settle_failed(parcel.deliveries, error)
            self.sender.record_outcome(parcel, error if isinstance(error, Exception) else None)

    def release_waiting(self) -> None:
        settling.release(chain.from_iterable(parcel.deliveries for parcel in self.waiting))
        self.waiting.clear()


def compose(sender: Sender, delivery: Delivery, loaded: Any) -> Any:
    """The parcel; None when the row was settled instead: postponed, cancelled, or a dead letter."""
    try:
        return sender.compose(delivery, loaded)
    except Postponed as quiet:
        settling.postpone(delivery, quiet.until)
    except Suppressed as reason:
        settling.cancel(delivery, str(reason))
    except PermanentFailure as reason:
        settling.give_up(delivery, str(reason))
    except NOT_OF_THE_ROW:
        raise
    except Exception as error:  # noqa: BLE001  (a poisoned row is set aside and stops no other)
        logger.warning("delivery %s cannot be composed: %s", delivery.pk, type(error).__name__)
        settling.give_up(delivery, why_not_composed(error))
    return None


def why_not_composed(error: Exception) -> str:
    return f"it cannot be composed: {type(error).__name__}: {error}"


def settle_failed(deliveries: list[Delivery], error: BaseException) -> None:
    """Settle rows whose sending failed."""
    is_expected = isinstance(error, TransientFailure | PermanentFailure)
    reason = str(error) if is_expected else f"{type(error).__name__}: {error}"
    logger.warning("delivery %s failed: %s", deliveries[0].pk, type(error).__name__)
    for delivery in deliveries:
        if isinstance(error, PermanentFailure):
            settling.give_up(delivery, reason)
        else:
            settling.retry_later(delivery, reason, after=getattr(error, "after", settling.NO_WAIT))


class Inline(Executor):
    """Runs each call at once, in the calling thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except NOT_OF_THE_ROW:
            raise
        except Exception as error:  # noqa: BLE001  (as an executor does)
            future.set_exception(error)
        return future


def _executor(threads: int) -> Executor:
    return Inline() if threads == 1 else ThreadPoolExecutor(threads, thread_name_prefix="send")
