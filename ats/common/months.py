from __future__ import annotations

import calendar
from datetime import date


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def last_day_of_month(text: str) -> date | None:
    """The last day of the month that an ISO date names ("2026-06", "2026-06-15"); None for others.

    Graduation is known to the month, so a day is not kept; a bare year is not a month.
    """
    try:
        year, month = (int(part) for part in text.split("-")[:2])
        return date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def day_named(text: str) -> date | None:
    """The day that "2026-06-15" names; None for other text, a month or a year among it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
