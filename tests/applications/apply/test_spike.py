"""The last minutes of a season: 64 clients at once, none lost, none mixed up, and none taken too late."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import TZPATH

import pytest
from django.db import connection
from django.db.models import F

from ats.models import Application, Campaign, Delivery, Event, IdempotencyRecord, Verdict
from ats.people.access_tokens import issue_token
from tests.applications.apply.test_deadline import closes_in
from tests.eligibility.rules import WINDOW_2027, rules_of
from tests.factories import a_campaign, a_posting, an_account, an_organisation
from tests.processes import serving_site, site_environment

SPIKE = int(os.environ.get("SPIKE", "1500"))
CLIENTS, PEOPLE = 64, 250
PATH = "/api/v1/me/applications/"
UTC_FILE = b"TZif" + bytes(16) + struct.pack(">6I", 0, 0, 0, 0, 1, 4) + bytes(6) + b"UTC\0"
STUDIES = {"institution": "Tongji University", "studyType": "Bachelor", "endDate": "2027-06"}


@dataclass(frozen=True, slots=True)
class Wish:
    """A person who wants a posting; `source` is said by no other wish."""

    account: int
    token: str
    posting: int
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a wish was answered, and when it was sent and answered, by the clock of this machine."""

    wish: Wish
    status: int
    body: dict[str, Any]
    sent: datetime
    answered: datetime


def a_crowd(campaign: Campaign, size: int) -> Iterator[Wish]:
    """Every pair of a person and a posting once."""
    people = []
    for number in range(PEOPLE):
        account = an_account(profile={"basics": {"name": f"Person {number}"}, "education": [STUDIES]})
        people.append((account.pk, issue_token(account=account)[1]))
    organisation = campaign.organisation
    postings = [a_posting(organisation, campaign=campaign).pk for _ in range(-(-size // PEOPLE))]
    pairs = [(person, posting) for posting in postings for person in people][:size]
    return (Wish(*person, posting, f"wish-{n}") for n, (person, posting) in enumerate(pairs))


def send(connection: HTTPConnection, wish: Wish) -> Told:
    headers = {
        "Authorization": f"Bearer {wish.token}",
        "Content-Type": "application/json",
        "Idempotency-Key": wish.source,
    }
    sent = datetime.now(UTC)
    connection.request("POST", PATH, json.dumps({"posting": wish.posting, "source": wish.source}), headers)
    answer = connection.getresponse()
    body = json.loads(answer.read())
    return Told(wish, answer.status, body, sent, datetime.now(UTC))


def sent_at_once(
    site: str, wishes: Iterator[Wish], *, until: Callable[[Told], bool] = lambda told: False
) -> list[Told]:
    """The answers to as many wishes as CLIENTS connections send, each until one is as described."""
    lock, host = Lock(), urlsplit(site).netloc

    def work(_client: int) -> list[Told]:
        site_connection, told = HTTPConnection(host, timeout=60), list[Told]()
        while not (told and until(told[-1])):
            with lock:
                wish = next(wishes, None)
            if wish is None:
                break
            told.append(send(site_connection, wish))
        site_connection.close()
        return told

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [one for own in pool.map(work, range(CLIENTS)) for one in own]


def stored() -> dict[int, tuple[int, int, str]]:
    rows = Application.objects.values_list("pk", "candidate__account", "posting", "source")
    return {pk: (account, posting, source) for pk, account, posting, source in rows}


def promised(told: list[Told]) -> dict[int, tuple[int, int, str]]:
    """What is stored when every answer is true: of each the id, and who wanted what."""
    taken = [one for one in told if one.status == 201]
    return {one.body["id"]: (one.wish.account, one.wish.posting, one.wish.source) for one in taken}


def test_a_spike_loses_no_application_and_mixes_up_none(live_site: str) -> None:
    campaign = a_campaign(an_organisation())
    rules_of(campaign, WINDOW_2027)
    wishes = a_crowd(campaign, SPIKE)

    told = sent_at_once(live_site, wishes)

    assert [one for one in told if one.status != 201] == []
    assert [one for one in told if one.body["source"] != one.wish.source] == []
    assert stored() == promised(told)
    submitted = Event.objects.filter(type="application.submitted")
    one_each = (Application.objects, Verdict.objects, submitted, Delivery.objects, IdempotencyRecord.objects)
    assert [rows.count() for rows in one_each] == [SPIKE] * len(one_each)


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    """A folder of zones that the site of `timed_site` knows beside the real ones."""
    return tmp_path


@pytest.fixture
def timed_site(
    zones: Path, transactional_db: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    known = {"PYTHONTZPATH": os.pathsep.join([str(zones), *TZPATH])}
    log = tmp_path_factory.mktemp("granian") / "site.log"
    with serving_site(log, env=site_environment() | known) as address:
        yield address


class Ending:
    """Lets the season end a second after twice as many answers as there are clients, however slow they were.

    A client stops at its first refusal.
    """

    def __init__(self, campaign: Campaign, zones: Path) -> None:
        self.campaign, self.zones = campaign, zones
        self.end: datetime | None = None
        self._answers, self._lock = 0, Lock()

    def __call__(self, told: Told) -> bool:
        with self._lock:
            self._answers += 1
            if self._answers == 2 * CLIENTS:
                self._begin()
        return told.status != 201

    def _begin(self) -> None:
        self.end = closes_in(self.campaign, timedelta(seconds=1))
        self.zones.joinpath(self.campaign.time_zone).write_bytes(UTC_FILE)  # PostgreSQL knows it by itself
        connection.close()


def test_a_season_that_ends_in_a_spike_ends_at_its_instant(timed_site: str, zones: Path) -> None:
    campaign = a_campaign(an_organisation())
    wishes = a_crowd(campaign, 20 * PEOPLE)  # more than there is time for
    ending = Ending(campaign, zones)

    told = sent_at_once(timed_site, wishes, until=ending)

    end = ending.end
    assert end is not None
    refused = [one for one in told if one.status != 201]
    assert [(one.status, one.body["code"]) for one in refused] == [(409, "posting_closed")] * CLIENTS
    assert [one for one in told if one.status == 201 and one.sent >= end] == []
    assert [one for one in refused if one.answered < end] == []
    assert stored() == promised(told)
    assert len(promised(told)) > CLIENTS
    assert not Application.objects.filter(created_at__gte=F("campaign__closes_at")).exists()
