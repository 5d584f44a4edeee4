"""What a mail about an interview adds: its time and place in words, and the calendar entry itself."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ats.exchange.icalendar import Reader, invitation
from ats.models import Account, Delivery, Event, Interview, InterviewState, Panellist


@dataclass(frozen=True, slots=True)
class Calendar:
    """An iCalendar text and its method, REQUEST or CANCEL."""

    method: str
    text: bytes


def interview_of(event: Event) -> Interview | None:
    """The interview that an event is about, as it is now."""
    if "interview" not in event.data:
        return None
    related = ("organisation", "application__posting", "application__candidate", "slot__room")
    return Interview.objects.select_related(*related).filter(pk=event.data.get("interview")).first()


def calendar_entry(delivery: Delivery) -> Calendar | None:
    """The entry for the recipient's calendar; None for news of anything but an interview with a time.

    Who is not on the panel any more is told to take the entry out.
    """
    row = interview_of(delivery.event) if delivery.event else None
    if row is None or row.during is None:
        return None
    is_cancelled = row.state == InterviewState.CANCELLED
    kind, _colon, pk = delivery.recipient.partition(":")
    if kind == "candidate":
        return Calendar(*invitation(row, Reader.of(row.application.candidate), is_off=is_cancelled))
    account = Account.objects.get(pk=pk)
    has_left = not Panellist.objects.filter(slot=row.slot_id, member__account=account).exists()
    return Calendar(*invitation(row, Reader.of(account), is_off=is_cancelled or has_left))


def facts(event: Event, language: str) -> dict[str, str]:
    """`time` and `place` of an interview; nothing for other events."""
    row = interview_of(event)
    return {} if row is None else {"time": _time(row), "place": _place(row)}


def _time(row: Interview) -> str:
    if row.during is None or row.during.lower is None:
        return ""
    begin = row.during.lower.astimezone(ZoneInfo(row.time_zone))
    return f"{begin:%Y-%m-%d %H:%M} ({row.time_zone})"


def _place(row: Interview) -> str:
    if row.slot is None:
        return ""
    return ", ".join(filter(None, [row.slot.room.name if row.slot.room else "", row.slot.place]))
