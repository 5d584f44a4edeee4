"""A repeated creating request is answered again and done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from api.me import applications
from ats.models import Account, Application, Delivery, Event, Membership, Role, Tag
from tests.api.problems import problem
from tests.factories import a_client, a_member, a_posting, an_account, an_organisation

APPLICATIONS = "/api/v1/me/applications/"
KEY = {"Idempotency-Key": "season-2026"}
THREADS = 16


def a_person() -> Account:
    return an_account(profile={"basics": {"name": "Li Na"}})


@pytest.mark.django_db
def test_the_same_request_again_is_given_the_first_answer() -> None:
    posting = a_posting(an_organisation())
    client = a_client(a_person())

    first, second = (client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY) for _ in range(2))

    assert (first.status_code, second.status_code, second.json()) == (201, 201, first.json())
    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_another_request_under_the_same_key_is_refused() -> None:
    organisation = an_organisation()
    posting, other = a_posting(organisation), a_posting(organisation)
    client = a_client(a_person())
    client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY)

    answer = client.post(APPLICATIONS, {"posting": other.pk}, headers=KEY)

    sentence = "This idempotency key was used for another request."
    assert answer.json() == problem(422, "idempotency_key_reused", sentence)
    assert Application.objects.get().posting == posting


@pytest.mark.django_db
def test_a_key_belongs_to_the_one_who_used_it() -> None:
    posting = a_posting(an_organisation())

    answers = [
        a_client(a_person()).post(APPLICATIONS, {"posting": posting.pk}, headers=KEY) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Application.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_request_may_be_mended_and_sent_again_under_its_key() -> None:
    posting = a_posting(an_organisation())
    person = an_account()
    client = a_client(person)
    refused = client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY)
    client.put("/api/v1/me/profile/", {"basics": {"name": "Li Na"}})

    answer = client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY)

    assert (refused.status_code, answer.status_code) == (409, 201)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_cannot_be_kept_is_refused(key: str) -> None:
    answer = a_client(a_person()).post(APPLICATIONS, {"posting": 1}, headers={"Idempotency-Key": key})

    sentence = "An idempotency key has 1 to 255 characters."
    assert answer.json() == problem(400, "idempotency_key_invalid", sentence)


@pytest.mark.django_db
def test_a_key_belongs_to_the_organisation_in_whose_name_it_was_used() -> None:
    first, second = an_organisation(), an_organisation()
    account = a_member(first, Role.OWNER).account
    Membership.objects.create(organisation=second, account=account, role=Role.OWNER)
    client = a_client(account)

    answers = [
        client.post("/api/v1/tags/", {"name": "Rust"}, headers=KEY | {"Intake-Organisation": employer.slug})
        for employer in (first, second)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert [tag.organisation for tag in Tag.objects.order_by("pk")] == [first, second]


@pytest.mark.django_db
def test_the_first_answer_is_given_in_its_own_language() -> None:
    posting = a_posting(an_organisation())
    client = a_client(a_person())
    chinese = {"Accept-Language": "zh-hans"}

    first = client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY)
    again = client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY | chinese)

    assert again.json() == first.json()


@pytest.mark.django_db
def test_a_request_that_fails_here_leaves_no_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posting = a_posting(an_organisation())
    client = a_client(a_person())
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(applications, "SHOWN", None)  # the answer cannot be made, after the row was
        broken = client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY)

    answer = client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY)

    assert (broken.status_code, answer.status_code) == (500, 201)
    assert Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_make_one_application() -> None:
    posting = a_posting(an_organisation())
    person = a_person()
    clients = [a_client(person) for _ in range(THREADS)]

    def apply(client: Any) -> tuple[int, Any]:
        answer = client.post(APPLICATIONS, {"posting": posting.pk}, headers=KEY)
        connection.close()
        return answer.status_code, answer.json()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(apply, clients))

    application = Application.objects.get()
    assert answers == [(201, answers[0][1])] * THREADS
    assert answers[0][1]["id"] == application.pk
    assert (Event.objects.count(), Delivery.objects.count()) == (1, 1)
