"""Sixteen identical calls at once, round after round, against the real site."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx

from ats.models import Application, Delivery, Event, IdempotencyRecord
from ats.people.access_tokens import issue_token
from tests.factories import a_posting, an_account, an_organisation

ROUNDS = int(os.environ.get("RACE_ROUNDS", "60"))
AT_ONCE = 16
PATH = "/api/v1/me/applications/"


def callers(site: str) -> list[httpx.Client]:
    """Sixteen connections of one person."""
    _token, secret = issue_token(account=an_account(profile={"basics": {"name": "李娜"}}))
    headers = {"Authorization": f"Bearer {secret}"}
    return [httpx.Client(base_url=site, headers=headers, timeout=60) for _ in range(AT_ONCE)]


def all_at_once(
    pool: ThreadPoolExecutor, clients: list[httpx.Client], posting: int, key: str | None
) -> list[httpx.Response]:
    barrier = Barrier(AT_ONCE)
    headers = {"Idempotency-Key": key} if key else {}

    def call(client: httpx.Client) -> httpx.Response:
        barrier.wait()
        return client.post(PATH, json={"posting": posting}, headers=headers)

    return list(pool.map(call, clients))


def test_sixteen_identical_calls_make_one_application_and_get_one_answer(live_site: str) -> None:
    organisation = an_organisation()
    postings = [a_posting(organisation).pk for _ in range(ROUNDS)]
    clients = callers(live_site)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        rounds = [all_at_once(pool, clients, pk, f"key-{pk}") for pk in postings]

    answers = [{(answer.status_code, answer.text) for answer in answers} for answers in rounds]
    assert [len(alike) for alike in answers] == [1] * ROUNDS
    assert {status for alike in answers for status, _ in alike} == {201}
    one_each = (Application, Event, Delivery, IdempotencyRecord)
    assert [model.objects.count() for model in one_each] == [ROUNDS] * len(one_each)


def test_without_a_key_one_is_told_yes_and_fifteen_that_they_have_applied(live_site: str) -> None:
    organisation = an_organisation()
    rounds = max(1, ROUNDS // 6)
    postings = [a_posting(organisation).pk for _ in range(rounds)]
    clients = callers(live_site)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = [all_at_once(pool, clients, pk, None) for pk in postings]

    expected = [201] + [409] * (AT_ONCE - 1)
    assert [sorted(answer.status_code for answer in answers) for answers in told] == [expected] * rounds
    assert Application.objects.count() == rounds
