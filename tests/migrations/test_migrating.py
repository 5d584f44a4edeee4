"""Every change of the tables keeps what is in them: a filled database of the first set is brought up to date."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.processes import ROOT, python, site_environment

# Tables whose rows a later change moves elsewhere or drops on purpose, with the reason.
CHANGED = {"ats_savedview": "one belonged to nobody of the organisation, who could ever see it"}
EMPTY = {"ats_transition", "ats_dismissedpair"}  # see `tests.migrations.filling`


@pytest.fixture
def empty_database(transactional_db: None) -> Iterator[str]:
    """The address of a new database on the same server."""
    name = f"{connection.settings_dict['NAME']}_migrating"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrated(database: str) -> dict[str, Any]:
    """What `tests.migrations.filling` prints."""
    environment = site_environment()
    address = urlsplit(environment["DATABASE_URL"])._replace(path=f"/{database}")
    environment["DATABASE_URL"] = address.geturl()
    command = python("-m", "tests.migrations.filling")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_filled_database_of_the_first_set_keeps_every_row_and_its_meaning(empty_database: str) -> None:
    found = migrated(empty_database)

    before, after = found["before"], found["after"]
    assert {table for table, count in before.items() if not count} == EMPTY
    kept = before.keys() & after.keys() - CHANGED.keys()
    assert {table: after[table] for table in kept} == {table: before[table] for table in kept}
    assert {table: before[table] - after[table] for table in CHANGED} == {"ats_savedview": 1}

    member, account = found["converted"].pop("member")
    assert member != account
    assert set(map(tuple, found["converted"].pop("acted").values())) == {(member,)}
    stated = {"languages": {"en": 5}, "weeks": 12, "starts_from": "2026-07-01", "work_countries": ["CN"]}
    assert found["converted"] == {
        "candidate": [stated],
        "education": ["2027-06-01", "2027-06-30"],
        "application": ["2027-06-01", "2027-06-30", "2027-06-30"],
        "verdict": [{"posting": 1, "alternatives": [2], "preferred": []}],
    }
