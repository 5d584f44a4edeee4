"""People who applied elsewhere, put into the season by a recruiter."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.applications.apply import apply_to_posting
from ats.delivery.sending import drain
from ats.models import Account, Application, Candidate, Delivery, Event, LoginCode, Organisation
from tests.factories import (
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_account,
    an_application,
    an_institution,
    an_organisation,
)

pytestmark = pytest.mark.django_db
URL = "/api/v1/applications/import/"
LI_NA: dict[str, Any] = {
    "name": "李娜",
    "email": "Li.Na@Example.com",
    "phone": "13800138000",
    "institution": "同济",
    "degree": 3,
    "major": "计算机科学",
    "graduation": "2027-06",
}


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def recruiter(organisation: Organisation) -> APIClient:
    return a_client(a_member(organisation).account)


def test_a_person_is_imported_with_a_school_and_told_nothing(
    organisation: Organisation, recruiter: APIClient
) -> None:
    school = an_institution(name="Tongji University", aliases=["同济"])
    posting = a_posting(organisation)

    report = recruiter.post(URL, {"posting": posting.pk, "source": "fair", "people": [LI_NA]}).json()

    row = Application.objects.get()
    (study,) = row.candidate.educations.all()
    assert report == {
        "asked": 1,
        "done": 1,
        "items": [{"number": 1, "result": "done", "candidate": row.candidate_id, "application": row.pk}],
    }
    assert (row.source, row.stage.name, str(row.graduates_until)) == ("fair", "Applied", "2027-06-30")
    assert (row.candidate.email, study.institution, study.degree) == ("li.na@example.com", school, 3)
    assert Event.objects.get().data == {"stage": row.stage_id, "track": row.track.code, "unheard": True}
    assert Delivery.objects.count() == 0


def test_who_is_known_or_named_twice_applies_once(organisation: Organisation, recruiter: APIClient) -> None:
    posting = a_posting(organisation)
    known = a_candidate(organisation, email="li.na@example.com")
    a_candidate(an_organisation(), email="wang@example.com")
    gone = an_application(posting, a_candidate(organisation, email="gone@example.com")).candidate
    people = [LI_NA, {"name": "Na Li", "email": "li.na@example.com"}, {"name": "Wang Wei"}]
    people += [{"name": "Gone", "email": gone.email}, {"name": "Wang Wei", "email": "wang@example.com"}]

    items = recruiter.post(URL, {"posting": posting.pk, "people": people}).json()["items"]

    results = ["done", "already_applied", "done", "already_applied", "done"]
    assert [item["result"] for item in items] == results
    assert [items[n]["candidate"] for n in (0, 1, 3)] == [known.pk, known.pk, gone.pk]
    assert Candidate.objects.for_org(organisation).count() == 4


def test_a_rehearsal_keeps_nothing(organisation: Organisation, recruiter: APIClient) -> None:
    body = {"posting": a_posting(organisation).pk, "people": [LI_NA], "dry_run": True}

    report = recruiter.post(URL, body).json()

    nothing = {"number": 1, "result": "done", "candidate": None, "application": None}
    assert report == {"asked": 1, "done": 1, "items": [nothing]}
    assert (Candidate.objects.count(), Application.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("state", ["draft", "paused", "closed"])
def test_only_an_open_posting_takes_people(
    state: str, organisation: Organisation, recruiter: APIClient
) -> None:
    body = {"posting": a_posting(organisation, state=state).pk, "people": [LI_NA]}

    answer = recruiter.post(URL, body)

    assert (answer.status_code, answer.json()["code"]) == (409, "posting_closed")


def test_importing_takes_as_many_statements_for_thirty_as_for_one(
    organisation: Organisation, recruiter: APIClient
) -> None:
    counts = []
    for size in (1, 30):
        people = [{**LI_NA, "email": f"li{size}-{n}@example.com"} for n in range(size)]
        with CaptureQueriesContext(connection) as seen:
            recruiter.post(URL, {"posting": a_posting(organisation).pk, "people": people})
        counts.append(len([row for row in seen if "SAVEPOINT" not in row["sql"]]))

    assert counts[0] == counts[1]


def test_who_proves_the_address_is_the_person_who_was_imported(
    organisation: Organisation, recruiter: APIClient
) -> None:
    """In each organisation one record; what belongs to another account, or to another address, does not."""
    recruiter.post(URL, {"posting": a_posting(organisation).pk, "people": [LI_NA]})
    elsewhere = a_candidate(an_organisation(), email="li.na@example.com")
    taken = a_candidate(an_organisation(), email="li.na@example.com", account=an_account())
    other = a_candidate(organisation, email="other@example.com")
    nobody = a_client()

    nobody.post("/api/v1/codes/", {"email": "li.na@example.com"})
    drain()
    code = LoginCode.objects.get().code
    token = nobody.post("/api/v1/tokens/", {"email": "li.na@example.com", "code": code}).json()["token"]
    nobody.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    account = Account.objects.get(email="li.na@example.com")
    mine = set(Candidate.objects.filter(account=account).values_list("pk", flat=True))
    imported = Application.objects.get()
    assert mine == {imported.candidate_id, elsewhere.pk}
    assert not mine & {taken.pk, other.pk}
    assert [row["id"] for row in nobody.get("/api/v1/me/applications/").json()["results"]] == [imported.pk]


def test_who_has_an_account_is_imported_as_that_account(
    organisation: Organisation, recruiter: APIClient
) -> None:
    account = an_account(email="li.na@example.com", language="zh-hans")

    recruiter.post(URL, {"posting": a_posting(organisation).pk, "people": [LI_NA]})

    record = Candidate.objects.get()
    assert (record.account, record.language) == (account, "zh-hans")
    mine = a_client(account).get("/api/v1/me/applications/").json()["results"]
    assert [row["id"] for row in mine] == [Application.objects.get().pk]


def test_who_has_a_record_there_under_another_address_keeps_it(
    organisation: Organisation, recruiter: APIClient
) -> None:
    account = an_account(email="li.na@example.com")
    record = a_candidate(organisation, account=account, email="old@example.com")
    a_candidate(organisation, email="li.na@example.com")  # without an account

    recruiter.post(URL, {"posting": a_posting(organisation).pk, "people": [LI_NA]})

    assert Application.objects.get().candidate == record


def test_applying_takes_over_the_record_that_was_imported(
    organisation: Organisation, recruiter: APIClient
) -> None:
    """Although the account was there before the import, and no code was redeemed since."""
    recruiter.post(URL, {"posting": a_posting(organisation).pk, "people": [LI_NA]})
    account = an_account(email="li.na@example.com", profile={"basics": {"name": "Li Na"}})

    apply_to_posting(by=account, posting=a_posting(organisation).pk)

    record = Candidate.objects.get()
    assert (record.account, record.applications.count()) == (account, 2)
