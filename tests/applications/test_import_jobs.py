"""Imports as jobs over HTTP: sent, shown, corrected, tried, run; stopped, and taken up after a crash."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from rest_framework.test import APIClient

from ats.applications import import_worker
from ats.applications.import_worker import claim, run_claimed, run_imports
from ats.models import Application, Campaign, Candidate, ImportJob, Membership, Posting
from tests.factories import a_campaign, a_client, a_member, a_posting, an_organisation

pytestmark = pytest.mark.django_db

URL = "/api/v1/imports/"
JOBS = "2027届校招\n岗位;城市;备注\n后台开发实习生;北京市;x\n产品经理;上海;y\n;深圳;z\n"
PEOPLE = "Name,Mail\nLi Na,li@example.com\nWang Wei,\n,x@example.com\n"


@pytest.fixture
def campaign() -> Campaign:
    return a_campaign(an_organisation())


@pytest.fixture
def member(campaign: Campaign) -> Membership:
    return a_member(campaign.organisation)


@pytest.fixture
def recruiter(member: Membership) -> APIClient:
    return a_client(member.account)


def sent(client: APIClient, text: str, **fields: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("list.csv", text.encode("gb18030"))
    answer = client.post(URL, {"file": file, **fields}, format="multipart")
    assert answer.status_code == 201, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def run(client: APIClient, job: dict[str, Any], *, dry_run: bool = False) -> dict[str, Any]:
    """Queued, done by a worker, and read again."""
    assert client.post(f"{URL}{job['id']}/run/", {"dry_run": dry_run}).status_code == 202
    assert run_imports() == 1
    found: dict[str, Any] = client.get(f"{URL}{job['id']}/").json()
    return found


def test_a_file_that_is_sent_shows_its_columns(recruiter: APIClient, campaign: Campaign) -> None:
    job = sent(recruiter, JOBS, kind="postings", campaign=campaign.pk)

    assert (job["state"], job["preview"]) == (
        "draft",
        {
            "format": "CSV table",
            "encoding": "gb18030",
            "separator": "semicolon",
            "sheets": [],
            "header_row": 2,
            "rows": 3,
            "columns": ["岗位", "城市", "备注"],
            "mapping": {"title": "岗位", "locations": "城市"},
            "unused": ["备注"],
            "samples": [
                {"岗位": "后台开发实习生", "城市": "北京市", "备注": "x"},
                {"岗位": "产品经理", "城市": "上海", "备注": "y"},
                {"岗位": "", "城市": "深圳", "备注": "z"},
            ],
        },
    )


def test_a_rehearsal_writes_nothing_and_leaves_a_draft_that_can_be_run(
    recruiter: APIClient, campaign: Campaign
) -> None:
    job = sent(recruiter, JOBS, kind="postings", campaign=campaign.pk)

    tried = run(recruiter, job, dry_run=True)
    before = Posting.objects.count()
    done = run(recruiter, job)

    counts = [[each["report"][key] for key in ("read", "created", "rejected")] for each in (tried, done)]
    assert (tried["state"], before, done["state"], counts) == ("draft", 0, "done", [[3, 2, 1], [3, 2, 1]])
    assert set(Posting.objects.values_list("title", flat=True)) == {"后台开发实习生", "产品经理"}


def test_corrected_columns_are_remembered_for_the_next_file(recruiter: APIClient, campaign: Campaign) -> None:
    job = sent(recruiter, JOBS, kind="postings", campaign=campaign.pk)
    answer = recruiter.post(f"{URL}{job['id']}/mapping/", {"mapping": {"description": "备注"}})

    again = sent(recruiter, JOBS, kind="postings", campaign=campaign.pk)

    wanted = {"title": "岗位", "locations": "城市", "description": "备注"}
    assert (answer.json()["preview"]["mapping"], again["preview"]["mapping"]) == (wanted, wanted)


def test_a_mapping_to_no_column_is_refused(recruiter: APIClient, campaign: Campaign) -> None:
    job = sent(recruiter, JOBS, kind="postings", campaign=campaign.pk)

    answer = recruiter.post(f"{URL}{job['id']}/mapping/", {"mapping": {"title": "职位"}})

    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_column")


def test_people_are_imported_in_the_language_of_the_import(recruiter: APIClient, campaign: Campaign) -> None:
    posting = a_posting(campaign.organisation, campaign=campaign)
    job = sent(recruiter, PEOPLE, kind="applicants", posting=posting.pk, language="zh-hans")

    report = run(recruiter, job)["report"]

    assert {key: report[key] for key in ("read", "done", "already_applied", "rejected")} == {
        "read": 3,
        "done": 2,
        "already_applied": 0,
        "rejected": 1,
    }
    assert set(Candidate.objects.values_list("language", flat=True)) == {"zh-hans"}


def test_a_file_that_cannot_be_done_fails_with_its_reason(recruiter: APIClient, campaign: Campaign) -> None:
    job = sent(recruiter, "Bezeichnung,Ort\nKoch,Oslo\n", kind="postings", campaign=campaign.pk)

    failed = run(recruiter, job)

    assert (failed["state"], "There is no column for the title" in failed["error"]) == ("failed", True)


def test_what_an_import_of_a_member_changed_stays_the_feed_s(
    recruiter: APIClient, campaign: Campaign
) -> None:
    for state in ("open", "closed"):
        text = f"id,title,status\n1,Cook,{state}\n"
        run(recruiter, sent(recruiter, text, kind="postings", campaign=campaign.pk))
    run(recruiter, sent(recruiter, "id,title,status\n1,Cook,open\n", kind="postings", campaign=campaign.pk))

    assert Posting.objects.get().state == "open"


def test_a_cancelled_import_is_not_run_and_its_file_goes(
    recruiter: APIClient, campaign: Campaign, django_capture_on_commit_callbacks: Any
) -> None:
    job = sent(recruiter, JOBS, kind="postings", campaign=campaign.pk)
    with django_capture_on_commit_callbacks(execute=True):
        answer = recruiter.post(f"{URL}{job['id']}/cancel/")

    stored = ImportJob.objects.get()
    assert (answer.json()["state"], run_imports()) == ("cancelled", 0)
    assert not stored.file.storage.exists(stored.file.name or "")
    assert recruiter.post(f"{URL}{job['id']}/run/", {}).json()["code"] == "import_under_way"


@pytest.mark.parametrize("kind", ["postings", "applicants"])
def test_after_a_crash_another_worker_ends_the_job_exactly(
    recruiter: APIClient, campaign: Campaign, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ats.postings.importing.run.BATCH", 1)
    monkeypatch.setattr("ats.applications.applicant_lists.BATCH", 1)
    posting = a_posting(campaign.organisation, campaign=campaign)
    into = {"postings": {"campaign": campaign.pk}, "applicants": {"posting": posting.pk}}[kind]
    job = sent(recruiter, {"postings": JOBS, "applicants": PEOPLE}[kind], kind=kind, **into)
    recruiter.post(f"{URL}{job['id']}/run/", {})
    crash_after_a_batch()

    assert run_imports() == 1
    found = recruiter.get(f"{URL}{job['id']}/").json()

    made = {"postings": "created", "applicants": "done"}[kind]
    assert (found["state"], found["report"]["read"], found["report"][made]) == ("done", 3, 2)
    assert {"postings": Posting.objects.count() - 1, "applicants": Application.objects.count()}[kind] == 2


def crash_after_a_batch() -> None:
    """A worker claims the job, writes one batch, dies in the second, and its lease runs out."""
    progress, calls = import_worker.progress, iter((True, False))

    def once(*args: Any, **options: Any) -> None:
        if not next(calls):
            raise Killed
        progress(*args, **options)

    job = claim()
    assert job is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_worker, "progress", once)
        with pytest.raises(Killed):
            run_claimed(job)
    assert ImportJob.objects.get().done == 1
    ImportJob.objects.filter(pk=job.pk).update(leased_until=Now())


class Killed(BaseException):
    """The process is gone."""
