"""Interviews as iCalendar (RFC 5545), for mails (RFC 5546) and feeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ats.common.names import named
from ats.models import Account, Candidate, Interview, InterviewState
from ats.models.interview import OFF

PRODUCT = "-//Intake//Intake//EN"


class Reader(NamedTuple):
    """Whose calendar it goes into."""

    email: str
    language: str
    is_candidate: bool

    @classmethod
    def of(cls, person: Account | Candidate) -> Reader:
        return cls(person.email, person.language, isinstance(person, Candidate))


def feed(rows: Iterable[Interview], account: Account) -> bytes:
    """A calendar of the interviews that the owner of `account` gives or has."""
    return _calendar([_entry(row, _as_in(row, account), is_off=_is_off(row)) for row in rows])


def _as_in(row: Interview, account: Account) -> Reader:
    candidate = row.application.candidate
    return Reader.of(candidate if candidate.account_id == account.pk else account)


def invitation(row: Interview, reader: Reader, *, is_off: bool) -> tuple[str, bytes]:
    """What a mail carries: the method, REQUEST or CANCEL, and the calendar."""
    method = "CANCEL" if is_off else "REQUEST"
    return method, _calendar([_entry(row, reader, is_off=is_off)], method)


def _is_off(row: Interview) -> bool:
    return row.state in OFF


def _calendar(entries: list[icalendar.Event], method: str = "") -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    for entry in entries:
        calendar.add_component(entry)
    if entries:
        years = [entry.start.year for entry in entries]
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 1, 12, 31))
    return bytes(calendar.to_ical())


def _entry(row: Interview, reader: Reader, *, is_off: bool) -> icalendar.Event:
    """An event at local time. Its only attendee is its reader: nobody learns who else was asked."""
    assert row.during is not None  # who is invited only is in no calendar
    zone = ZoneInfo(row.time_zone)
    entry = icalendar.Event()
    entry.add("uid", f"{row.uid}@intake")
    entry.add("sequence", row.sequence)
    entry.add("dtstamp", row.updated_at.astimezone(UTC))
    entry.add("dtstart", _local(row.during.lower, zone))
    entry.add("dtend", _local(row.during.upper, zone))
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    entry.add("organizer", _organizer(row))
    entry.add("attendee", _attendee(row, reader))
    with translation.override(reader.language):
        summary = _summary(row, reader)
        entry.add("summary", summary)
        if not is_off:
            entry.add_component(_alarm(summary))
    if row.slot:
        entry.add("location", ", ".join(filter(None, [str(row.slot.room or ""), row.slot.place])))
    return entry


def _alarm(summary: str) -> icalendar.Alarm:
    """The calendar program reminds its owner an hour before."""
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(hours=-1))
    return alarm


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    """In the zone; but in UTC where the zone's clock shows the same time for the second time."""
    local = instant.astimezone(zone)
    return instant.astimezone(UTC) if local.fold else local


def _organizer(row: Interview) -> icalendar.vCalAddress:
    address = icalendar.vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    address.params["CN"] = row.organisation.name
    return address


def _attendee(row: Interview, reader: Reader) -> icalendar.vCalAddress:
    address = icalendar.vCalAddress(f"mailto:{reader.email}")
    is_promised = not reader.is_candidate or row.state == InterviewState.CONFIRMED
    address.params["PARTSTAT"] = "ACCEPTED" if is_promised else "NEEDS-ACTION"
    return address


def _summary(row: Interview, reader: Reader) -> str:
    posting = row.application.posting
    title = named(translation.get_language() or "", posting.title, posting.title_zh)
    other = row.organisation.name if reader.is_candidate else row.application.candidate.name
    return _("Interview: %(title)s, %(other)s") % {"title": title, "other": other}
