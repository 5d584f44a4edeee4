"""The one list of time zones: those that PostgreSQL, Python and calendar programs understand alike."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

NO_ZONES = ("posix/", "right/", "SystemV/")  # copies in other formats, which only some systems have


@cache
def zone_names() -> frozenset[str]:
    """UTC, and the names of the IANA database that have an area, such as Asia/Shanghai.

    Left out are the machine's own clock ("localtime"), placeholders ("Factory"), and short names, some of
    which PostgreSQL takes for abbreviations: CET has no summer time there.
    """
    named = {name for name in available_timezones() if "/" in name and not name.startswith(NO_ZONES)}
    return frozenset(named | {"UTC"})


def is_zone(name: str) -> bool:
    """Whether `name` is a time zone that can be stored and shown everywhere."""
    return name in zone_names()
