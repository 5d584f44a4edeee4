"""One drain of a channel: claim, compose, send, settle, until nothing is due."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from django.db import Error as DatabaseError

from ats.delivery import claiming
from ats.delivery.channels import SENDERS
from ats.delivery.channels.contract import Sender
from ats.delivery.outcomes import PermanentFailure, Postponed, Suppressed, TransientFailure
from ats.models import Channel, Delivery
from ats.outbox.wakeup import wake_worker

LOOK_EVERY = 0.1  # seconds until newly due rows join those under way
logger = logging.getLogger(__name__)


def drain(channel: str = Channel.EMAIL) -> int:
    """Send all of a channel that is due, for at most a turn; the number of deliveries tried."""
    sender = SENDERS[channel]
    if not sender.is_alone:
        return _drain(channel, sender)
    with claiming.only_one(channel) as is_only:
        return _drain(channel, sender) if is_only else 0


def _drain(channel: str, sender: Sender) -> int:
    with sender.session() as send, _executor(sender.width) as executor:
        turn = Turn(sender, send, executor, time.monotonic() + sender.turn)
        turn.run()
    if turn.is_over:
        wake_worker(channel)
    return turn.tried


@dataclass
class Turn:
    """What one drain holds: rows claimed and `waiting`, and parcels under way."""

    sender: Sender
    send: Callable[[Any], None]
    executor: Executor
    until: float
    waiting: deque[Delivery] = field(default_factory=deque)
    under_way: dict[Future[None], Any] = field(default_factory=dict)
    looked: float = 0.0
    tried: int = 0

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def run(self) -> None:
        while suspect := self.sender.suspects():
            self.begin(suspect[0])
            self.settle()
        while self.refill():
            while self.waiting and len(self.under_way) < self.sender.together:
                self.begin(self.waiting.popleft())
            self.settle()

    def refill(self) -> bool:
        """Claim more if there is room and time; whether anything is left to do."""
        if self.is_over:
            claiming.release(self.waiting)
            self.waiting.clear()
        elif not self.waiting and self.should_look():
            self.looked = time.monotonic()
            self.waiting.extend(self.sender.claim(self.sender.batch - len(self.under_way)))
        return bool(self.waiting or self.under_way)

    def should_look(self) -> bool:
        """When a quarter is free; with less room only now and then, for a claim costs the same."""
        room = self.sender.together - len(self.under_way)
        return 4 * room >= self.sender.together or (room > 0 and time.monotonic() - self.looked >= LOOK_EVERY)

    def begin(self, delivery: Delivery) -> None:
        self.tried += 1
        parcel = compose(self.sender, delivery)
        if parcel is not None:
            self.under_way[self.executor.submit(self.send, parcel)] = parcel

    def settle(self) -> None:
        done, _running = wait(self.under_way, LOOK_EVERY, FIRST_COMPLETED)
        results = [(self.under_way.pop(future), future.exception()) for future in done]
        claiming.sent([row for parcel, error in results if not error for row in parcel.deliveries])
        for parcel, error in results:
            if error is not None:
                refused(parcel.deliveries, error)
            self.sender.settled(parcel, error if isinstance(error, Exception) else None)


def compose(sender: Sender, delivery: Delivery) -> Any:
    """The parcel; None when the row was settled instead: postponed, cancelled, or a dead letter."""
    try:
        return sender.compose(delivery)
    except Postponed as wish:
        claiming.postpone(delivery, wish.until)
    except Suppressed as reason:
        claiming.cancel(delivery, str(reason))
    except PermanentFailure as reason:
        claiming.give_up(delivery, str(reason))
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001  (a poison row is set aside and stops no other)
        logger.warning("delivery %s can not be composed: %s", delivery.pk, type(error).__name__)
        claiming.give_up(delivery, f"it can not be composed: {type(error).__name__}: {error}")
    return None


def refused(deliveries: list[Delivery], error: BaseException) -> None:
    """Settle rows whose sending failed."""
    reason = (
        str(error)
        if isinstance(error, TransientFailure | PermanentFailure)
        else f"{type(error).__name__}: {error}"
    )
    logger.warning("delivery %s failed: %s", deliveries[0].pk, type(error).__name__)
    for delivery in deliveries:
        if isinstance(error, PermanentFailure):
            claiming.give_up(delivery, reason)
        else:
            claiming.retry_later(delivery, reason, after=getattr(error, "after", claiming.NOTHING))


class Inline(Executor):
    """Runs each call at once, in the calling thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (as an executor does)
            future.set_exception(error)
        return future


def _executor(width: int) -> Executor:
    return Inline() if width == 1 else ThreadPoolExecutor(width, thread_name_prefix="send")
