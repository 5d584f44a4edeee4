"""What a channel promises to whoever drains it."""

from __future__ import annotations

from collections.abc import Callable
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

    `width` is the number of threads that send (1: the draining one), `together` how many parcels may
    be under way before any is settled (1: each by itself, so that a crash repeats one at most),
    `batch` how many rows to claim at a time; `is_alone`: one process drains it at a time; `turn`: the
    seconds after which a drain lets other tasks have the process.
    """

    width: int
    together: int
    batch: int
    is_alone: bool
    turn: float

    def suspects(self) -> list[Delivery]:
        """Claim one row that must travel alone, if there is one."""

    def claim(self, limit: int) -> list[Delivery]:
        """Claim up to `limit` due rows; at most one of a lane."""

    def compose(self, delivery: Delivery) -> Any:
        """Its Parcel. Raises Postponed, Suppressed, PermanentFailure."""

    def session(self) -> AbstractContextManager[Callable[[Any], None]]:
        """`send`, which hands a parcel over or raises TransientFailure or Impossible within bounded time."""

    def settled(self, parcel: Any, error: Exception | None) -> None:
        """Told after each parcel, so that the channel may keep book of its receivers."""
