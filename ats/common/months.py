"""Days that are known to the month or to the day, as people write them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])", re.ASCII)
DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d", re.ASCII)


class Span(NamedTuple):
    """The days on which something may be, the first and the last included: a whole month, or one day."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        """As it is written: "2027-06" or "2027-06-15"."""
        return self.first.isoformat() if self.is_day else f"{self.first:%Y-%m}"


def span_named(text: str) -> Span | None:
    """The month "2027-06" or the day "2027-06-15"; None for other text, a bare year among it."""
    try:
        if MONTH.fullmatch(text):
            first = date.fromisoformat(f"{text}-01")
            return Span(first, end_of_month(first))
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
    return Span(day, day) if day else None


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_after(day: date, count: int) -> date:
    """So many months later (before, if negative), on the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + count, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, end_of_month(first).day))


def last_day_of_month(text: str) -> date | None:
    """The last day of the month that an ISO date names ("2026-06", "2026-06-15"); None for others."""
    try:
        year, month = (int(part) for part in text.split("-")[:2])
        return date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def day_named(text: str) -> date | None:
    """The day that "2026-06-15" names; None for other text, a month or a year among it."""
    span = span_named(text)
    return span.first if span and span.is_day else None


def day_before(day: date) -> date:
    return day - timedelta(days=1)
