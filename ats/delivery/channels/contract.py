"""What a channel promises to whoever drains it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from ats.models import Delivery


class Parcel(Protocol):
    """Something ready to be sent: it needs the database no more."""

    @property
    def deliveries(self) -> list[Delivery]:
        """The rows that are settled by sending it: nearly always one."""


class Sender(Protocol):
    """A channel. All but `send` runs in the draining thread and may use the database.

    `threads`: how many send (1: the draining one). `max_in_flight`: how many parcels may be under way before
    any is settled (1: each by itself, so that a crash repeats one at most). `batch`: how many rows are
    claimed at a time. `exclusive`: one process drains the channel at a time. `max_seconds`: after that long
    a drain lets other tasks have the process.
    """

    threads: int
    max_in_flight: int
    batch: int
    exclusive: bool
    max_seconds: float

    def claim(self, limit: int, *, busy: Mapping[str, int]) -> list[Delivery]:
        """Claim up to `limit` due rows, at most one of an ordering key.

        `busy` says how many of each recipient are claimed by this drain already.
        """

    def claim_expired(self) -> list[Delivery]:
        """Claim what a worker died with and must be sent with nothing beside it; nothing in most cases."""

    def load(self, deliveries: list[Delivery]) -> Any:
        """What composing these reads from the database, in a constant number of queries."""

    def compose(self, delivery: Delivery, loaded: Any) -> Any:
        """Its Parcel, or None when the row was settled instead.

        Raises Postponed, Suppressed, PermanentFailure.
        """

    def session(self) -> AbstractContextManager[Callable[[Any], None]]:
        """`send`, which hands a parcel over in bounded time.

        It raises TransientFailure or PermanentFailure.
        """

    def record_outcome(self, parcel: Any, error: Exception | None) -> None:
        """Called after each parcel, so that the channel may judge its receivers."""
