"""Applying over HTTP, against the same statements through bare psycopg behind the same server.

`python -m bench.apply` prints p50 of one client and the throughput of 16, and then lets 64 clients send
SPIKE applications (20,000 unless the environment says otherwise) and looks whether each is there once.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from threading import Lock, local
from uuid import uuid4

from bench.measure import prepare, serving, timed_ms

PATH = "/api/v1/me/applications/"
SEQUENTIAL = 300
PARALLEL = int(os.environ.get("PARALLEL", "2000"))
SPIKE = int(os.environ.get("SPIKE", "20000"))
PEOPLE = 500
STUDIES = {"institution": "Tongji University", "studyType": "Bachelor", "endDate": "2027-06"}
THREADS = 16  # of the server
SERVERS = {"bare psycopg": "bench.bare_apply:application", "the API": "backend.wsgi:application"}


@dataclass(frozen=True, slots=True)
class Wish:
    """A person with a token who wants a posting."""

    account: int
    token: str
    posting: int


def main() -> None:
    prepare("intake_bench_apply")
    wishes = season()
    floor: tuple[float, float] | None = None
    print(f"{'':>14} {'p50 ms':>8} {'16 clients /s':>14}")
    for name, application in SERVERS.items():
        with serving(application, threads=THREADS) as connection:
            list(send_all([connection], islice(wishes, 50)))
            sending = (partial(send, connection, wish) for wish in islice(wishes, SEQUENTIAL))
            p50 = statistics.median(map(timed_ms, sending))
            rate = throughput(connection.port, list(islice(wishes, PARALLEL)))
        floor = floor or (p50, rate)
        ratios = f"{p50 / floor[0]:.2f}x p50, {rate / floor[1]:.2f}x of the throughput"
        print(f"{name:>14} {p50:8.2f} {rate:14.0f}   {ratios}", flush=True)
    spike(list(islice(wishes, SPIKE)))


def season() -> Iterator[Wish]:
    """Every pair of a person and a posting once; each person has applied before."""
    from ats.applications.apply import apply_to_posting
    from ats.models import Account
    from ats.organisations.setup import create_organisation
    from ats.people.access_tokens import issue_token
    from tests.eligibility.rules import WINDOW_2027, rules_of
    from tests.factories import a_campaign, a_posting

    run = uuid4().hex[:12]
    owner, _created = Account.objects.for_email("owner@bench.example")
    organisation = create_organisation(by=owner, slug=f"bench-{run}", name="Bench")
    campaign = a_campaign(organisation)
    total = 2 * (50 + SEQUENTIAL + PARALLEL) + SPIKE
    first, *postings = [a_posting(organisation, campaign=campaign).pk for _ in range(2 + total // PEOPLE)]
    rules_of(campaign, WINDOW_2027)
    people = []
    for number in range(PEOPLE):
        profile = {"basics": {"name": f"Person {number}"}, "education": [STUDIES]}
        account = Account.objects.create(email=f"{run}-{number}@bench.example", profile=profile)
        apply_to_posting(by=account, posting=first)
        people.append((account.pk, issue_token(account=account)[1]))
    return (Wish(pk, token, posting) for posting in postings for pk, token in people)


def send(connection: http.client.HTTPConnection, wish: Wish) -> tuple[Wish, int]:
    """The wish and the id of the application that it became."""
    headers = {
        "Authorization": f"Bearer {wish.token}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"{wish.account}-{wish.posting}",
    }
    connection.request("POST", PATH, json.dumps({"posting": wish.posting}), headers)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 201, (answer.status, body)
    return wish, json.loads(body)["id"]


def send_all(
    connections: Sequence[http.client.HTTPConnection], wishes: Iterator[Wish]
) -> Iterator[tuple[Wish, int]]:
    return (send(connections[0], wish) for wish in wishes)


def in_parallel(port: int, wishes: Sequence[Wish], clients: int) -> list[tuple[Wish, int]]:
    own, lock, waiting = local(), Lock(), iter(wishes)

    def work(_client: int) -> list[tuple[Wish, int]]:
        own.connection = http.client.HTTPConnection("127.0.0.1", port)
        done: list[tuple[Wish, int]] = []
        while True:
            with lock:
                wish = next(waiting, None)
            if wish is None:
                return done
            done.append(send(own.connection, wish))

    with ThreadPoolExecutor(clients) as pool:
        return [pair for pairs in pool.map(work, range(clients)) for pair in pairs]


def throughput(port: int, wishes: Sequence[Wish]) -> float:
    """Applications a second, of 16 clients."""
    begun = time.perf_counter()
    in_parallel(port, wishes, 16)
    return len(wishes) / (time.perf_counter() - begun)


def spike(wishes: Sequence[Wish]) -> None:
    """64 clients at once: every answer is one row, of the person and the posting that asked."""
    from ats.models import Application, Delivery, Event

    begun = time.perf_counter()
    with serving(SERVERS["the API"], threads=THREADS) as connection:
        told = {made: (wish.account, wish.posting) for wish, made in in_parallel(connection.port, wishes, 64)}
    took = time.perf_counter() - begun
    rows = Application.objects.filter(pk__in=told)
    stored = {
        pk: (account, posting)
        for pk, account, posting in rows.values_list("pk", "candidate__account", "posting")
    }
    events = Event.objects.filter(type="application.submitted", application__in=told)
    deliveries = Delivery.objects.filter(event__in=events).count()
    print(f"spike: {len(wishes):,} applications from 64 clients in {took:.0f} s, {len(wishes) / took:.0f}/s;")
    print(f"lost {len(wishes) - len(stored)}, mixed up {sum(told[pk] != row for pk, row in stored.items())};")
    print(f"events {events.count():,}, deliveries {deliveries:,}")
    assert stored == told
    assert events.count() == deliveries == len(wishes)


if __name__ == "__main__":
    main()
