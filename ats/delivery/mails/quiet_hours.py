"""When a candidate wants to hear: quiet hours and the daily digest, in the candidate's time zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ats.models import NotificationPreferences

DIGEST_AT = time(9)
DAY = timedelta(days=1)


def not_before(
    preferences: NotificationPreferences, *, made: datetime, now: datetime, instant: datetime | None = None
) -> datetime | None:
    """The instant until which a notice made at `made` has to wait; None when it may arrive now.

    What would come too late by waiting, at or after `instant`, goes at once.
    """
    until = _quiet_until(preferences, made, now)
    return None if until and instant and now < instant <= until else until


def _quiet_until(preferences: NotificationPreferences, made: datetime, now: datetime) -> datetime | None:
    local = now.astimezone(ZoneInfo(preferences.time_zone))
    begin, end = preferences.quiet_from, preferences.quiet_until
    if preferences.digest and made >= (latest := _at(local, end or DIGEST_AT, after=False)):
        return _at(latest + DAY, latest.time(), after=False)
    if begin and end and _is_quiet(local.time(), begin, end):
        return _at(local, end, after=True)
    return None


def _is_quiet(moment: time, begin: time, end: time) -> bool:
    """Whether a local time is in the span, which may go over midnight; an empty span is never quiet."""
    if begin <= end:
        return begin <= moment < end
    return moment >= begin or moment < end


def _at(local: datetime, moment: time, *, after: bool) -> datetime:
    """The next instant after `local`, or the latest up to it, at which clocks there show `moment`."""
    today = datetime.combine(local.date(), moment, local.tzinfo)
    if after:
        return today if today > local else today + DAY
    return today if today <= local else today - DAY
