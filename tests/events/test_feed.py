"""The change feed: nothing is skipped and nothing out of order, however late a writer commits."""

from __future__ import annotations

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.functions import Now

from ats import tasks
from ats.events import retention
from ats.events.feed import START, CursorExpired, follow, number_all_events, number_events, read_cursor
from ats.events.retention import forget_events
from ats.models import Delivery, Event, FeedHorizon, Organisation, Role
from tests.factories import a_client, a_member, an_organisation

WRITERS, READERS, TRANSACTIONS, EVENTS = 8, 2, 56, 250  # of which 8 x 5 are rolled back
INSERT = """
INSERT INTO ats_event (organisation_id, type, data)
SELECT %s, 'application.moved', jsonb_build_object(
    'from_stage', %s::int, 'to_stage', n, 'from_state', 'active', 'to_state', 'active')
FROM generate_series(1, %s) n
"""


def own_url() -> str:
    """The address of this test's database, for connections of its own."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def write(organisation: int, writer: int, url: str) -> None:
    """Transactions that hold their ids for a while before they commit, some of them in two steps."""
    late = random.Random(writer)
    with psycopg.connect(url) as line:
        for number in range(TRANSACTIONS):
            half = late.randrange(1, EVENTS)
            line.execute(INSERT, [organisation, writer + 1, half])
            time.sleep(late.choice([0, 0, 0.002, 0.02, 0.1]))
            line.execute(INSERT, [organisation, writer + 1, EVENTS - half])
            time.sleep(late.choice([0, 0.001, 0.05]))
            line.rollback() if number % 10 == 9 else line.commit()


def read(organisation: Organisation, done: threading.Event) -> list[tuple[int, int]]:
    """Numbers and ids that a reader sees who polls as hard as it can, until nothing can come any more."""
    seen: list[tuple[int, int]] = []
    after = START
    while True:
        is_last = done.is_set()
        numbered = number_events()
        page = [(int(row.number or 0), row.pk) for row in follow(organisation, after=after)[:500]]
        seen += page
        if page:
            after, _id = page[-1]
        elif is_last and not numbered:
            connection.close()
            return seen


@pytest.mark.django_db(transaction=True)
def test_a_reader_misses_nothing_of_a_hundred_thousand_events_that_commit_late() -> None:
    organisation = an_organisation()
    url = own_url()
    done = threading.Event()

    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        readers = [pool.submit(read, organisation, done) for _ in range(READERS)]
        writers = [pool.submit(write, organisation.pk, number, url) for number in range(WRITERS)]
        wait(writers)
        done.set()
        for writer in writers:
            writer.result()
        seen = [reader.result() for reader in readers]

    committed = list(Event.objects.for_org(organisation).order_by("number").values_list("number", "id"))
    assert len({number for number, _id in committed}) == 102_000
    assert seen == [committed] * READERS
    # The proof is worth something only if ids did become visible out of order.
    ids = [pk for _number, pk in committed]
    assert ids != sorted(ids)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_of_one_thing_the_first_is_told_first_whoever_began_first() -> None:
    """Who waits for a row has had its transaction's id for long, while the other changes the row."""
    organisation = an_organisation()
    with psycopg.connect(own_url()) as early, psycopg.connect(own_url()) as late:
        early.execute("SELECT pg_current_xact_id()")
        for line, stage in ((late, 1), (early, 2)):
            line.execute(INSERT, [organisation.pk, stage, 1])
            line.commit()
    number_all_events()

    told = [event.data["from_stage"] for event in follow(organisation)]

    assert told == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_stays_open_holds_nobody_up() -> None:
    organisation = an_organisation()
    with psycopg.connect(own_url()) as stuck:
        stuck.execute(INSERT, [organisation.pk, 1, 1])
        after = Event.objects.create(
            organisation=organisation, type="posting.created", data={"state": "draft"}
        )
        number_all_events()
        meanwhile = list(follow(organisation))
        stuck.commit()
    number_all_events()

    assert meanwhile == [after]
    assert [event.type for event in follow(organisation)] == ["posting.created", "application.moved"]


@pytest.mark.django_db
def test_only_the_beginning_is_forgotten_and_a_late_reader_is_told() -> None:
    organisation = an_organisation()
    member = a_member(organisation, Role.RECRUITER)
    rows = [
        Event(organisation=organisation, type="posting.created", data={"state": "draft"}) for _ in range(5)
    ]
    Event.objects.bulk_create(rows)
    a_year = timedelta(days=365)
    Event.objects.filter(pk__in=[row.pk for row in rows[:4]]).update(created_at=Now() - 2 * a_year)
    Delivery.objects.create(event=rows[3], recipient="candidate:1", channel="email")
    number_all_events()
    cursors = list(Event.objects.order_by("number").values_list("number", flat=True))

    counted = forget_events(organisation=organisation, older_than=a_year, dry_run=True)
    kept_by_dry_run = Event.objects.count()
    tasks.forget_events()

    client = a_client(member.account)
    assert (counted, kept_by_dry_run) == (3, 5)
    assert list(Event.objects.values_list("id", flat=True)) == [row.pk for row in rows[3:]]
    late = client.get(f"/api/v1/events/?after={cursors[1]}")
    assert (late.status_code, late.json()["code"]) == (410, "cursor_expired")
    with pytest.raises(CursorExpired):
        follow(organisation, after=read_cursor(str(cursors[0])))
    assert client.get(f"/api/v1/events/?after={cursors[2]}").status_code == 200
    assert client.get("/api/v1/events/").status_code == 200


@pytest.mark.django_db
def test_the_feed_is_filtered_by_type_and_its_link_is_good_for_what_comes_later() -> None:
    organisation = an_organisation()
    client = a_client(a_member(organisation, Role.RECRUITER).account)
    made = {"organisation": organisation, "type": "posting.created", "data": {"state": "draft"}}
    first = Event.objects.create(**made)
    Event.objects.create(organisation=organisation, type="posting.updated", data={"fields": []})

    now = client.get("/api/v1/events/?type=posting.created").json()
    nothing = client.get(now["next"]).json()
    second = Event.objects.create(**made)
    later = client.get(nothing["next"]).json()

    pages = [[row["id"] for row in page["results"]] for page in (now, nothing, later)]
    assert pages == [[first.pk], [], [second.pk]]


@pytest.mark.django_db
def test_the_command_says_how_many_of_each_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    organisation = an_organisation()

    call_command("forget", "--dry-run")

    assert f"{organisation.slug}: 0 events" in capsys.readouterr().out.splitlines()


@pytest.mark.django_db
def test_less_than_a_month_is_never_forgotten() -> None:
    with pytest.raises(ValueError, match="at least 30 days"):
        forget_events(organisation=an_organisation(), older_than=timedelta(days=29))


@pytest.mark.django_db
def test_a_cursor_ahead_of_the_feed_is_an_error() -> None:
    organisation = an_organisation()
    client = a_client(a_member(organisation, Role.RECRUITER).account)
    Event.objects.create(organisation=organisation, type="posting.created", data={"state": "draft"})
    end = client.get("/api/v1/events/").json()["results"][-1]["cursor"]

    at_the_end = client.get(f"/api/v1/events/?after={end}")
    ahead = client.get(f"/api/v1/events/?after={int(end) + 1}")

    assert (at_the_end.status_code, at_the_end.json()["results"]) == (200, [])
    assert (ahead.status_code, ahead.json()["code"]) == (400, "cursor_ahead")


@pytest.mark.django_db
def test_events_are_deleted_in_batches_and_counted_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = an_organisation()
    monkeypatch.setattr(retention, "BATCH", 2)
    made = {"organisation": organisation, "type": "posting.created", "data": {"state": "draft"}}
    Event.objects.bulk_create(Event(**made) for _ in range(5))
    Event.objects.update(created_at=Now() - timedelta(days=365))
    number_all_events()
    last = Event.objects.order_by("-number").values_list("number", flat=True)[0]

    deleted = forget_events(organisation=organisation, older_than=timedelta(days=30))

    assert (deleted, Event.objects.count(), FeedHorizon.objects.get().number) == (5, 0, last)
