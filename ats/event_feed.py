"""Following the event log without missing a row, however late its transaction commits."""

from __future__ import annotations

import re
from typing import NamedTuple, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ats.errors import Refused
from ats.models import Event, FeedStart, Organisation

WRITTEN = re.compile("[0-9]{1,18}-[0-9]{1,18}", re.ASCII)


class Position(NamedTuple):
    """A place in the log: the transaction that wrote an event, and the event. Written "xid-id"."""

    xid: int
    id: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The position that `str()` of one gives back. Raises ValueError for any other text."""
        if not WRITTEN.fullmatch(text):
            raise ValueError("not a position in the log")
        xid, _, pk = text.partition("-")
        return cls(int(xid), int(pk))

    def __str__(self) -> str:
        return f"{self.xid}-{self.id}"


START = Position(0, 0)


class Forgotten(Refused):
    """The position lies before what is kept: whoever stood there has missed something."""

    status = 410


def follow(organisation: Organisation, *, after: Position = START) -> QuerySet[Event]:
    """The organisation's events behind a position, in log order.

    Only those below the oldest transaction still running: nothing can appear among them any more,
    so whoever goes on from the last one has missed nothing. Raises Forgotten("cursor_expired").
    """
    if after != START:
        _require_kept(organisation, after)
    behind = Event.objects.for_org(organisation).settled().order_by("xid", "id")
    return behind.extra(where=["(xid, ats_event.id) > (%s::xid8, %s)"], params=[str(after.xid), after.id])


def _require_kept(organisation: Organisation, position: Position) -> None:
    start = FeedStart.objects.filter(organisation=organisation).first()
    if start is not None and position < Position(start.xid, start.event_id):
        sentence = _("Events behind this cursor were deleted: start without one.")
        raise Forgotten("cursor_expired", sentence, field="after")
