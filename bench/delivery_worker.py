"""The Celery application with a channel that sends nowhere, for `bench.delivery`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import django

from backend.celery import app

django.setup()

from ats.delivery import claiming  # noqa: E402
from ats.delivery.channels import SENDERS  # noqa: E402
from ats.models import Delivery  # noqa: E402
from ats.outbox.wakeup import WAKEUPS, DebouncedTask  # noqa: E402

__all__ = ["NULL", "app"]
NULL = "null"


@dataclass(frozen=True, slots=True)
class Nothing:
    deliveries: list[Delivery]


class Null:
    """Takes everything at once and sends nothing."""

    width = 1
    together = 500
    batch = 500
    is_alone = False
    turn = 20.0

    def suspects(self) -> list[Delivery]:
        return []

    def claim(self, limit: int) -> list[Delivery]:
        return claiming.claim_oldest(NULL, limit)  # type: ignore[arg-type]

    def compose(self, delivery: Delivery) -> Nothing:
        return Nothing([delivery])

    @contextmanager
    def session(self) -> Iterator[Callable[[Nothing], None]]:
        yield lambda parcel: None

    def settled(self, parcel: Nothing, error: Exception | None) -> None:
        """There is nobody to keep book of."""


SENDERS[NULL] = Null()
WAKEUPS[NULL] = DebouncedTask("ats.tasks.drain", NULL)


@app.task(name="bench.send_one")
def send_one(pk: int) -> None:
    """What one task for each notice does: claim that row, send, settle."""
    if Delivery.objects.filter(pk=pk, state="due").update(attempts=1):
        Delivery.objects.filter(pk=pk).update(state="sent")
