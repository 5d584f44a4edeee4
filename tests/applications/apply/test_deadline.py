"""A season ends with the last instant of a local day, by the database's clock and nobody else's."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import F

from ats.applications.apply import apply_to_posting
from ats.applications.apply.context import load_context
from ats.applications.apply.insert import insert_application
from ats.common.errors import Conflict
from ats.models import Application, Campaign
from tests.factories import a_campaign, a_candidate, a_posting, an_account, an_organisation

PROFILE = {"basics": {"name": "李娜"}}
TAKEN_BEFORE = 11  # applications before the end of the season is set
Attempt = tuple[datetime, Any, datetime]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "closes_on", "first_closed_instant"),
    [
        ("Asia/Shanghai", "2026-03-31", "2026-03-31T16:00:00Z"),
        ("Europe/London", "2026-03-28", "2026-03-29T00:00:00Z"),  # the day before the clocks go on
        ("Europe/London", "2026-03-29", "2026-03-29T23:00:00Z"),  # a day of 23 hours
        ("Europe/London", "2026-10-25", "2026-10-26T00:00:00Z"),  # a day of 25 hours
        ("America/New_York", "2026-11-01", "2026-11-02T05:00:00Z"),
        ("America/Santiago", "2026-09-05", "2026-09-06T04:00:00Z"),  # that midnight does not exist
        ("Asia/Beirut", "2026-03-28", "2026-03-28T22:00:00Z"),  # nor that one
        ("Pacific/Kiritimati", "2026-12-31", "2026-12-31T10:00:00Z"),
        ("Asia/Kathmandu", "2028-02-29", "2028-02-29T18:15:00Z"),  # a leap day, and a quarter of an hour
    ],
)
def test_the_instant_at_which_a_season_closes(zone: str, closes_on: str, first_closed_instant: str) -> None:
    campaign = a_campaign(an_organisation(), time_zone=zone, opens_on="2026-01-01", closes_on=closes_on)

    campaign.refresh_from_db()

    closed = campaign.closes_at
    assert closed == datetime.fromisoformat(first_closed_instant)
    last_open = (closed - timedelta(microseconds=1)).astimezone(ZoneInfo(zone))
    assert last_open.date() == date.fromisoformat(closes_on)


def clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].astimezone(UTC)  # type: ignore[no-any-return]


def closes_in(campaign: Campaign, wait: timedelta) -> datetime:
    """Makes a season end so long from now, to the microsecond, and says when.

    A zone of a fixed offset to the second puts the midnight of some day within that second; the rest
    is waited for. The column is computed by the database, as always.
    """
    end = clock().replace(microsecond=0) + wait
    midnight = datetime.combine(end.date(), datetime.min.time(), UTC)
    west = int((end - midnight).total_seconds())  # POSIX zones count to the west
    hours, rest = divmod(west, 3600)
    zone = f"<X>+{hours}:{rest // 60:02}:{rest % 60:02}"
    Campaign.objects.filter(pk=campaign.pk).update(
        time_zone=zone, opens_on=end.date() - timedelta(days=9), closes_on=end.date() - timedelta(days=1)
    )
    campaign.refresh_from_db()
    closes_at: datetime = campaign.closes_at
    return closes_at


@pytest.mark.django_db(transaction=True)
def test_applications_are_taken_up_to_the_instant_and_none_after_it() -> None:
    """The statement that takes an application, again and again across the instant."""
    organisation = an_organisation()
    campaign = a_campaign(organisation)
    posting = a_posting(organisation, campaign=campaign)
    account = an_account()
    facts: dict[str, Any] = {"preference": None, "source": "", "answers": {}}
    wanted = load_context(posting.pk, by=account, referral="", resume=None)
    assert wanted
    attempts: list[Attempt] = []
    end = None
    while end is None or clock() < end + timedelta(milliseconds=200) or attempts[-1][1] is not None:
        candidate = a_candidate(organisation)
        before = clock()
        made = insert_application(wanted, candidate, verdict=None, **facts)
        attempts.append((before, made, clock()))
        if len(attempts) == TAKEN_BEFORE:  # however long they took, the end is yet to come
            end = closes_in(campaign, timedelta(seconds=2))

    taken = [made for _, made, _ in attempts if made]
    assert len(taken) >= TAKEN_BEFORE
    assert [made for before, made, _ in attempts if made and before >= end] == []
    assert [after for _, made, after in attempts if not made and after < end] == []
    assert any(made is None for _, made, _ in attempts)
    assert not Application.objects.filter(created_at__gte=F("campaign__closes_at")).exists()
    assert Application.objects.count() == len(taken)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_open"), [(-1, False), (0, True)])
def test_the_day_is_the_one_of_the_seasons_zone(*, days: int, is_open: bool) -> None:
    today = datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
    campaign = a_campaign(
        an_organisation(), time_zone="Pacific/Kiritimati", closes_on=today + timedelta(days=days)
    )
    posting = a_posting(campaign.organisation, campaign=campaign)

    with nullcontext() if is_open else pytest.raises(Conflict, match="posting_closed"):
        apply_to_posting(by=an_account(profile=PROFILE), posting=posting.pk)

    assert Application.objects.exists() is is_open
