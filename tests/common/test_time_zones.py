"""Whatever zone is taken, the database computes in it, Python shows it and calendars spell it out."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.db import connection

from ats.common.time_zones import is_zone, zone_names
from ats.models import Membership, Role
from tests.factories import a_client, a_member, an_organisation

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_postgresql_computes_in_every_zone_as_python_does() -> None:
    names = sorted(zone_names())
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, timezone(name, %s) FROM unnest(%s::text[]) AS name", [NOON, names])
        computed = dict(cursor.fetchall())

    assert computed == {name: NOON.astimezone(ZoneInfo(name)).replace(tzinfo=None) for name in names}


def test_calendars_spell_every_zone_out() -> None:
    for name in sorted(zone_names()):
        entry = icalendar.Event()
        entry.add("dtstart", NOON.astimezone(ZoneInfo(name)))
        assert b"DTSTART" in entry.to_ical()


@pytest.mark.parametrize("name", ["localtime", "Factory", "posixrules", "right/UTC", "CET", "Mars/Base", ""])
def test_what_is_no_zone_everywhere_is_none(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["localtime", "Factory"])
@pytest.mark.parametrize("path", ["campaigns", "interview-slots"])
def test_a_row_with_such_a_zone_is_refused_with_its_field(path: str, name: str) -> None:
    recruiter: Membership = a_member(an_organisation(), Role.RECRUITER)

    answer = a_client(recruiter.account).post(f"/api/v1/{path}/", {"time_zone": name})

    fields = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert (answer.status_code, fields["/time_zone"]) == (400, "invalid")
