"""Every change of the tables keeps what is in them: a filled database of the first set is brought up to date."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.processes import ROOT, python, site_environment

# Tables whose rows a later change moves elsewhere or drops on purpose, with the reason.
CHANGED: dict[str, str] = {}
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


def test_a_filled_database_of_the_first_set_keeps_every_row(empty_database: str) -> None:
    environment = site_environment()
    address = urlsplit(environment["DATABASE_URL"])._replace(path=f"/{empty_database}")
    environment["DATABASE_URL"] = address.geturl()
    command = python("-m", "tests.migrations.filling")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    rows = json.loads(done.stdout)
    assert {table for table, count in rows["before"].items() if not count} == EMPTY
    kept = {table: count for table, count in rows["before"].items() if table in rows["after"]}
    assert {table: rows["after"][table] for table in kept.keys() - CHANGED.keys()} == {
        table: count for table, count in kept.items() if table not in CHANGED
    }
