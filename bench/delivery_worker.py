"""The Celery application with a channel that sends nowhere, for `bench.delivery`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

import django
from django.db.models.functions import Now

from backend.celery import app

django.setup()

from ats.delivery import channels, claiming  # noqa: E402
from ats.models import Delivery  # noqa: E402

__all__ = ["NULL", "app"]
NULL = "null"


@dataclass(frozen=True, slots=True)
class Nothing:
    deliveries: list[Delivery]


class Null:
    """Takes everything at once and sends nothing."""

    threads = 1
    max_in_flight = 500
    batch = 500
    exclusive = False
    max_seconds = 20.0

    def claim(self, limit: int, *, busy: Mapping[str, int]) -> list[Delivery]:
        return claiming.claim_oldest(NULL, limit)

    def claim_expired(self) -> list[Delivery]:
        return claiming.claim_expired(NULL)

    def load(self, deliveries: list[Delivery]) -> None:
        """Nothing is said, so nothing is read."""

    def compose(self, delivery: Delivery, loaded: None) -> Nothing:
        return Nothing([delivery])

    @contextmanager
    def session(self) -> Iterator[Callable[[Nothing], None]]:
        yield lambda parcel: None

    def record_outcome(self, parcel: Nothing, error: Exception | None) -> None:
        """There is nobody to judge."""


sys.modules[f"{channels.__name__}.{NULL}.sender"] = folder = ModuleType(NULL)
folder.__dict__["SENDER"] = Null()


@app.task(name="bench.send_one")
def send_one(pk: int) -> None:
    """What one task for each notice does: claim that row, send, settle."""
    if Delivery.objects.filter(pk=pk, state="due").update(attempts=1):
        Delivery.objects.filter(pk=pk).update(state="sent", settled_at=Now())
