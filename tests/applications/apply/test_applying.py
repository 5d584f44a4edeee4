from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.models import Account, Application, Candidate, Education, Organisation, ReferralCode
from ats.people.duplicates import merge
from tests.eligibility.rules import BACHELOR, rules_of
from tests.factories import (
    a_campaign,
    a_client,
    a_member,
    a_posting,
    a_resume,
    an_account,
    an_institution,
    an_organisation,
)

pytestmark = pytest.mark.django_db
PROFILE = {
    "basics": {"name": "李娜"},
    "education": [{"institution": "Tongji", "studyType": "硕士", "endDate": "2027-06"}],
}


def an_applicant(**facts: Any) -> Account:
    return an_account(**{"profile": PROFILE, **facts})


def test_the_answer_is_the_application_as_it_is_read_later() -> None:
    posting = a_posting(an_organisation(), title="Search algorithms")
    client = a_client(an_applicant())

    body = {"posting": posting.pk, "preference": 1, "source": "campus-talk"}
    made = client.post("/api/v1/me/applications/", body).json()

    assert made == client.get(f"/api/v1/me/applications/{made['id']}/").json()
    assert (made["posting_title"], made["status_zh"]) == ("Search algorithms", "已收到")
    row = Application.objects.get()
    assert (row.source, str(row.graduates_until), row.track) == ("campus-talk", "2027-06-30", posting.track)


@pytest.mark.parametrize(("rules", "statements"), [([], 6), ([BACHELOR], 7)])
def test_the_statements_that_an_unchanged_person_applies_with(rules: list[Any], statements: int) -> None:
    organisation = an_organisation()
    campaign = a_campaign(organisation)
    first, second = (a_posting(organisation, campaign=campaign) for _ in range(2))
    for tree in rules:
        rules_of(campaign, tree)
    ReferralCode.objects.create(organisation=organisation, code="wang-2027")
    account = an_applicant()
    client = a_client(account)
    client.post("/api/v1/me/applications/", {"posting": first.pk})
    whole = {"posting": second.pk, "preference": 1, "referral": "wang-2027", "resume": a_resume(account).pk}

    with CaptureQueriesContext(connection) as seen:
        client.post("/api/v1/me/applications/", whole, headers={"Idempotency-Key": "one"})

    sent = [row["sql"] for row in seen if "SAVEPOINT" not in row["sql"]]
    assert len(sent) == statements, sent


def test_a_changed_profile_is_copied_at_the_next_application() -> None:
    organisation = an_organisation()
    an_institution(name="Tongji")
    account = an_applicant()
    client = a_client(account)
    client.post("/api/v1/me/applications/", {"posting": a_posting(organisation).pk})

    client.put("/api/v1/me/profile/", {"basics": {"name": "Li Na"}})
    client.post("/api/v1/me/applications/", {"posting": a_posting(organisation).pk})

    assert list(Candidate.objects.values_list("name", flat=True)) == ["Li Na"]
    assert Education.objects.count() == 0
    graduations = Application.objects.order_by("id").values_list("graduates_until", flat=True)
    assert [str(day) for day in graduations] == ["2027-06-30", "None"]


def test_a_referral_code_is_kept_with_the_application() -> None:
    posting = a_posting(an_organisation())
    code = ReferralCode.objects.create(organisation=posting.organisation, code="wang-2027")

    a_client(an_applicant()).post(
        "/api/v1/me/applications/", {"posting": posting.pk, "referral": "wang-2027"}
    )

    assert Application.objects.get().referral == code


def test_a_resume_is_read_by_the_organisation_for_as_long_as_it_is_kept() -> None:
    posting = a_posting(an_organisation())
    account = an_applicant()
    client = a_client(account)
    resume = a_resume(account)
    made = client.post("/api/v1/me/applications/", {"posting": posting.pk, "resume": resume.pk}).json()
    recruiter = a_client(a_member(posting.organisation).account)
    address = f"/api/v1/applications/{made['id']}/resume/"

    read = recruiter.get(address).getvalue()
    accesses = client.get("/api/v1/me/access-log/").json()["results"]
    client.delete(f"/api/v1/me/resumes/{resume.pk}/")

    assert made["resume"] == resume.pk
    assert read.startswith(b"Li Na")
    assert [row["resource"] for row in accesses] == ["applications"]
    assert recruiter.get(address).json()["code"] == "resume_not_sent"
    assert Application.objects.get().resume is None


def test_nobody_sends_a_resume_that_is_not_theirs_or_was_refused() -> None:
    posting = a_posting(an_organisation())
    account = an_applicant()
    client = a_client(account)
    unfit = [a_resume().pk, a_resume(account, state="refused", code="empty").pk, 10**15]

    answers = [
        client.post("/api/v1/me/applications/", {"posting": posting.pk, "resume": pk}).json()["code"]
        for pk in unfit
    ]

    assert answers == ["resume_unknown"] * 3


def test_codes_that_are_not_good_here_are_refused() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    elsewhere = {"organisation": an_organisation(), "code": "theirs"}
    idle = {"organisation": organisation, "code": "idle", "is_active": False}
    other_season = {"organisation": organisation, "code": "past", "campaign": a_campaign(organisation)}
    for facts in (elsewhere, idle, other_season):
        ReferralCode.objects.create(**facts)
    client = a_client(an_applicant())

    answers = [
        client.post("/api/v1/me/applications/", {"posting": posting.pk, "referral": code}).json()["code"]
        for code in ("theirs", "idle", "past", "never")
    ]

    assert answers == ["referral_unknown"] * 4


@pytest.mark.parametrize(
    ("state", "status", "code"),
    [
        ("draft", 404, "posting_not_found"),
        ("paused", 409, "posting_closed"),
        ("closed", 409, "posting_closed"),
    ],
)
def test_only_open_postings_take_applications(state: str, status: int, code: str) -> None:
    posting = a_posting(an_organisation(), state=state)

    answer = a_client(an_applicant()).post("/api/v1/me/applications/", {"posting": posting.pk})

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_nobody_applies_twice() -> None:
    posting = a_posting(an_organisation())
    client = a_client(an_applicant())
    client.post("/api/v1/me/applications/", {"posting": posting.pk})

    again = client.post("/api/v1/me/applications/", {"posting": posting.pk})

    assert (again.status_code, again.json()["code"]) == (409, "already_applied")
    assert Application.objects.count() == 1


def the_same_person_twice(organisation: Organisation) -> tuple[APIClient, APIClient]:
    """Two accounts whose records the organisation has merged; each has applied somewhere before."""
    clients = a_client(an_applicant()), a_client(an_applicant())
    for client in clients:
        client.post("/api/v1/me/applications/", {"posting": a_posting(organisation).pk})
    first, second = Candidate.objects.for_org(organisation).order_by("pk")
    merge(by=a_member(organisation), kept=first.pk, merged=second.pk)
    return clients


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_nobody_applies_twice_through_a_second_account(order: tuple[int, int]) -> None:
    organisation = an_organisation()
    clients, posting = the_same_person_twice(organisation), a_posting(organisation)

    answers = [clients[n].post("/api/v1/me/applications/", {"posting": posting.pk}) for n in order]

    assert [answer.status_code for answer in answers] == [201, 409]
    assert answers[1].json()["code"] == "already_applied"


@pytest.mark.parametrize("who", [0, 1])
def test_a_limit_counts_what_the_person_applied_to_through_either_account(who: int) -> None:
    organisation = an_organisation()
    clients, campaign = the_same_person_twice(organisation), a_campaign(organisation)
    limit = {"kind": "application_limit", "params": {"most": 3, "scope": "organisation"}}
    rules_of(campaign, limit)

    wanted = [a_posting(organisation, campaign=campaign).pk for _ in range(2)]
    answers = [
        clients[n].post("/api/v1/me/applications/", {"posting": posting})
        for n, posting in zip((1 - who, who), wanted, strict=True)
    ]

    assert [answer.status_code for answer in answers] == [201, 409]
    failing = [row["code"] for row in answers[1].json()["verdict"]["rules"] if row["outcome"] == "not_met"]
    assert failing == ["application_limit_reached"]


def test_a_person_is_found_by_any_name_of_the_school() -> None:
    organisation = an_organisation()
    an_institution(name="Tongji University", name_zh="同济大学", aliases=["tongji", "同济"])
    a_client(an_applicant()).post("/api/v1/me/applications/", {"posting": a_posting(organisation).pk})
    recruiter = a_client(a_member(organisation).account)

    found = [
        len(recruiter.get("/api/v1/applications/", {"text": text}).json()["results"])
        for text in ("tongji", "university", "同济", "同济大学", "清华")
    ]

    assert found == [1, 1, 1, 1, 0]
