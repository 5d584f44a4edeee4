"""When a candidate wants to hear: quiet hours and the daily digest, in the candidate's own zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ats.models import NotificationPreferences

DIGEST_AT = time(9)
DAY = timedelta(days=1)


def not_before(wish: NotificationPreferences, *, made: datetime, now: datetime) -> datetime | None:
    """The instant until which a notice made at `made` has to wait; None when it may arrive now."""
    local = now.astimezone(ZoneInfo(wish.time_zone))
    if wish.digest and made >= (latest := _at(local, wish.quiet_until or DIGEST_AT, after=False)):
        return _at(latest + DAY, latest.time(), after=False)
    if wish.quiet_from and wish.quiet_until and _is_quiet(local.time(), wish.quiet_from, wish.quiet_until):
        return _at(local, wish.quiet_until, after=True)
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
