"""What a mail about an interview adds: its time and venue in words, and the calendar entry itself."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ats.exchange.icalendar import Reader, invitation
from ats.models import Account, Candidate, Interview
from ats.models.interview import OFF


@dataclass(frozen=True, slots=True)
class Calendar:
    """An iCalendar text and its method, REQUEST or CANCEL."""

    method: str
    text: bytes


def calendar_entry(row: Interview, person: Account | Candidate, *, has_left: bool) -> Calendar | None:
    """The entry for a person's calendar; None for an interview without a time.

    A person who has left the panel gets a cancellation.
    """
    if row.during is None:
        return None
    is_off = row.state in OFF or has_left
    return Calendar(*invitation(row, Reader.of(person), is_off=is_off))


def time_of(row: Interview) -> str:
    """Such as `2026-06-30 16:00 (Asia/Shanghai)`; "" without a time."""
    if row.during is None or row.during.lower is None:
        return ""
    begin = row.during.lower.astimezone(ZoneInfo(row.time_zone))
    return f"{begin:%Y-%m-%d %H:%M} ({row.time_zone})"


def venue_of(row: Interview) -> str:
    """The room and the address or link of the slot; "" without one."""
    if row.slot is None:
        return ""
    return ", ".join(filter(None, [row.slot.room.name if row.slot.room else "", row.slot.place]))
