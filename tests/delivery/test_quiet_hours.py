"""Quiet hours and digests, in the candidate's own zone."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from ats.delivery.mails.quiet_hours import not_before
from ats.models import NotificationPreferences

NIGHT = {"quiet_from": time(22), "quiet_until": time(8)}


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("preferences", "made", "now", "until"),
    [
        ({}, "2026-03-02T03:00+00:00", "2026-03-02T03:00+00:00", None),
        # 22:00 to 08:00 in Shanghai is 14:00 to 00:00 UTC.
        (NIGHT, "2026-03-02T13:59+00:00", "2026-03-02T13:59+00:00", None),
        (NIGHT, "2026-03-02T14:00+00:00", "2026-03-02T14:00+00:00", "2026-03-03T00:00+00:00"),
        (NIGHT, "2026-03-02T23:59+00:00", "2026-03-02T23:59+00:00", "2026-03-03T00:00+00:00"),
        (NIGHT, "2026-03-02T23:59+00:00", "2026-03-03T00:00+00:00", None),
        # The night in which Berlin's clocks go from 02:00 to 03:00: an hour shorter.
        (
            NIGHT | {"time_zone": "Europe/Berlin"},
            "2026-03-28T22:00+00:00",
            "2026-03-28T22:00+00:00",
            "2026-03-29T06:00+00:00",
        ),
        # Leap day.
        (
            {"quiet_from": time(9), "quiet_until": time(17), "time_zone": "UTC"},
            "2028-02-29T12:00+00:00",
            "2028-02-29T12:00+00:00",
            "2028-02-29T17:00+00:00",
        ),
        # A digest at nine in Shanghai, 01:00 UTC.
        ({"digest": True}, "2026-03-02T03:00+00:00", "2026-03-02T03:00+00:00", "2026-03-03T01:00+00:00"),
        ({"digest": True}, "2026-03-02T03:00+00:00", "2026-03-03T01:00+00:00", None),
        (
            {"digest": True, **NIGHT},
            "2026-03-02T03:00+00:00",
            "2026-03-02T15:00+00:00",
            "2026-03-03T00:00+00:00",
        ),
    ],
)
def test_a_notice_waits(preferences: dict[str, object], made: str, now: str, until: str | None) -> None:
    wanted = NotificationPreferences(**preferences)

    assert not_before(wanted, made=instant(made), now=instant(now)) == (until and instant(until))


@pytest.mark.parametrize(
    ("instant", "until"),
    [
        ("2026-03-03T00:30+00:00", None),  # before the digest, after now: at once
        ("2026-03-03T01:00+00:00", None),
        ("2026-03-03T02:00+00:00", "2026-03-03T01:00+00:00"),
        ("2026-03-02T02:00+00:00", "2026-03-03T01:00+00:00"),  # it has passed already
    ],
)
def test_what_would_come_too_late_goes_at_once(instant: str, until: str | None) -> None:
    wanted = NotificationPreferences(digest=True)
    now = datetime.fromisoformat("2026-03-02T03:00+00:00")

    found = not_before(wanted, made=now, now=now, instant=datetime.fromisoformat(instant))

    assert found == (until and datetime.fromisoformat(until))
