from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.models import Candidate, Event
from tests.factories import (
    a_candidate,
    a_client,
    a_member,
    a_posting,
    a_resume,
    an_account,
    an_application,
    an_organisation,
)
from tests.privacy.people import PROFILE, somebody_who_applied

pytestmark = pytest.mark.django_db


def test_the_export_holds_a_section_of_each_kind_with_ones_own_rows() -> None:
    posting = a_posting(an_organisation(), title="Search algorithms")
    an_application(posting)  # somebody else's
    _account, client = somebody_who_applied(posting)

    document = client.get("/api/v1/me/export/").json()

    assert {name: len(rows) for name, rows in document.items()} == {
        "accounts": 1,
        "candidates": 1,
        "educations": 1,
        "applications": 1,
        "application_versions": 0,
        "verdicts": 0,
        "offers": 0,
        "interviews": 0,
        "notification_preferences": 0,
        "assessment_results": 0,
        "calendar_feeds": 0,
        "consents": 0,
        "resumes": 0,
        "access_tokens": 1,
        "login_codes": 1,
        "guess_budgets": 0,
        "invitations": 0,
        "idempotency_records": 1,
        "deliveries": 0,  # a mail is shown when it was sent
        "access_records": 0,
    }
    assert document["accounts"][0]["profile"] == PROFILE
    assert document["applications"][0]["posting__title"] == "Search algorithms"
    assert "digest" not in str(document)


def test_the_archive_holds_the_export_and_the_files() -> None:
    account, client = somebody_who_applied(a_posting(an_organisation()))
    resume = a_resume(account)
    a_resume()  # somebody else's

    answer = client.get("/api/v1/me/export/archive/")

    with ZipFile(BytesIO(answer.getvalue())) as archive:
        assert archive.namelist() == ["export.json", f"resumes/{resume.pk} cv.txt"]
        assert archive.read(f"resumes/{resume.pk} cv.txt").startswith(b"Li Na")
        document = json.loads(archive.read("export.json"))
    assert document == client.get("/api/v1/me/export/").json()


def test_rectifying_corrects_the_record_of_every_organisation_and_tells_them() -> None:
    posting = a_posting(an_organisation(slug="aurora"))
    _account, client = somebody_who_applied(posting)
    client.put("/api/v1/me/profile/", {"basics": {"name": "Li Na", "phone": "1"}})

    answer = client.post("/api/v1/me/rectification/")

    assert answer.json() == {"organisations": ["aurora"]}
    record = Candidate.objects.get()
    assert (record.name, record.phone, record.educations.count()) == ("Li Na", "1", 0)
    assert Event.objects.latest("id").type == "candidate.rectified"


def test_every_reading_by_a_member_is_listed_for_the_person() -> None:
    organisation = an_organisation(slug="aurora")
    posting = a_posting(organisation)
    _account, client = somebody_who_applied(posting)
    candidate = Candidate.objects.get()
    recruiter = a_client(a_member(organisation).account)

    recruiter.get("/api/v1/applications/")
    recruiter.get(f"/api/v1/candidates/{candidate.pk}/")
    recruiter.get("/api/v1/candidates/", {"email": "nobody@example.com"})
    log = client.get("/api/v1/me/access-log/").json()["results"]

    assert [(row["organisation"], row["resource"]) for row in log] == [
        ("aurora", "candidates"),
        ("aurora", "applications"),
    ]


def test_nobody_sees_the_readings_of_anothers_data() -> None:
    organisation = an_organisation()
    a_candidate(organisation)
    a_client(a_member(organisation).account).get("/api/v1/candidates/")

    log = a_client(an_account()).get("/api/v1/me/access-log/").json()

    assert log["results"] == []


@pytest.mark.parametrize("rows", [1, 30])
def test_noting_a_page_costs_one_statement_however_many_people_it_shows(rows: int) -> None:
    organisation = an_organisation()
    posting = a_posting(organisation)
    for _ in range(rows):
        an_application(posting)
    recruiter = a_client(a_member(organisation).account)

    with CaptureQueriesContext(connection) as seen:
        recruiter.get("/api/v1/applications/")

    assert len(seen) == 5  # token, membership, ids, rows, note
