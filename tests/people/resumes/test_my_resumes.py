"""Résumés over the API: sent, read, accepted in part, downloaded, deleted; the asking person's only."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.models import Account, Resume
from ats.people.resumes import limits
from ats.people.resumes.queue import read_all
from tests.factories import a_client, an_account
from tests.people.resumes import files

pytestmark = pytest.mark.django_db
LIST = "/api/v1/me/resumes/"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def send(client: APIClient, content: bytes, name: str = "cv.pdf") -> Any:
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)}, format="multipart")


def a_read_resume(account: Account, content: bytes | None = None) -> dict[str, Any]:
    client = a_client(account)
    sent = send(client, content or files.pdf()).json()
    read_all()
    found: dict[str, Any] = client.get(f"{LIST}{sent['id']}/").json()
    return found


def kept(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def test_a_resume_waits_and_is_then_read_and_nothing_of_it_is_used() -> None:
    account = an_account()

    sent = send(a_client(account), files.pdf())
    read_all()

    fields = {"name": "cv.pdf", "kind": "pdf", "size": len(files.pdf()), "code": "", "detail": ""}
    row = {"id": ANY, "sha256": ANY, "created_at": ANY, **fields}
    assert (sent.status_code, sent.json()) == (
        201,
        {**row, "state": "pending", "proposed": {}, "settled_at": None},
    )
    assert a_client(account).get(LIST).json() == {
        "results": [{**row, "state": "read", "proposed": files.FIELDS, "settled_at": ANY}],
        "next": None,
    }
    account.refresh_from_db()
    assert account.profile == {}


def test_the_same_file_again_is_the_same_resume(tmp_path: Path) -> None:
    client = a_client(an_account())

    answers = [send(client, files.pdf(), name) for name in ("cv.pdf", "again.pdf")]

    assert [(answer.status_code, answer.json()["name"]) for answer in answers] == [
        (201, "cv.pdf"),
        (200, "cv.pdf"),
    ]
    assert kept(tmp_path) == [files.pdf()]


def test_a_file_that_is_no_resume_is_refused_at_once_and_not_kept(tmp_path: Path) -> None:
    answer = send(a_client(an_account()), files.docx(), "cv.pdf")

    sentence = "The file is not what its name says: save it again in the right format."
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "code": "mislabelled",
            "detail": sentence,
            "errors": [{"pointer": "/file", "code": "mislabelled", "detail": sentence}],
        },
    )
    assert (Resume.objects.count(), kept(tmp_path)) == (0, [])


def test_a_file_that_the_reader_refuses_says_why_and_is_not_kept(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = a_read_resume(an_account(), files.locked_pdf())

    assert {key: row[key] for key in ("state", "code", "detail", "proposed")} == {
        "state": "refused",
        "code": "encrypted",
        "detail": "This file is locked by a password: send one without.",
        "proposed": {},
    }
    assert kept(tmp_path) == []


@pytest.mark.parametrize(("size", "code"), [(5_000_001, "too_large"), (5_200_000, "too_large")])
def test_a_large_file_is_refused_whether_or_not_its_wrapping_is(size: int, code: str) -> None:
    answer = send(a_client(an_account()), b"a" * size, "cv.txt")

    assert (answer.status_code, answer.json()["code"]) == (413, code)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/cron.d/cv.pdf", "cv.pdf"),
        ("C:\\Users\\me\\cv.pdf", "cv.pdf"),
        ("李娜的简历.pdf", "李娜的简历.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        (f"{'长' * 250}.pdf", f"{'长' * 196}.pdf"),
    ],
)
def test_a_name_is_shown_but_is_no_path(tmp_path: Path, sent: str, shown: str) -> None:
    answer = send(a_client(an_account()), files.pdf(), sent)

    assert answer.json()["name"] == shown
    assert [file.parent.name for file in tmp_path.rglob("*") if file.is_file()] == ["resumes"]


def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_ACCOUNT", 1)
    client = a_client(an_account())

    answers = [send(client, files.text([str(number)]), "cv.txt") for number in range(2)]

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(201, ""), (409, "resumes_full")]


@pytest.mark.parametrize("body", [{}, {"file": "no file"}, {"file": "x", "more": "1"}])
def test_a_form_without_its_file_is_invalid(body: dict[str, str]) -> None:
    answer = a_client(an_account()).post(LIST, body, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_json_is_no_upload() -> None:
    assert a_client(an_account()).post(LIST, {"file": "x"}, format="json").status_code == 415


def test_only_what_is_accepted_comes_into_the_profile() -> None:
    account = an_account(profile={"basics": {"name": "Na Li", "phone": "1"}, "education": []})
    row = a_read_resume(account)

    answer = a_client(account).post(f"{LIST}{row['id']}/accept/", {"fields": ["phone", "education"]})

    profile = {
        "basics": {"name": "Na Li", "phone": "+86 138 0000 0000"},
        "education": files.FIELDS["education"],
    }
    account.refresh_from_db()
    assert (answer.status_code, answer.json(), account.profile) == (200, profile, profile)


def test_what_is_not_proposed_cannot_be_accepted() -> None:
    account = an_account()
    row = a_read_resume(account, files.pdf(["Li Na"]))

    answer = a_client(account).post(f"{LIST}{row['id']}/accept/", {"fields": ["name", "phone"]})

    account.refresh_from_db()
    assert (answer.status_code, answer.json()["code"], account.profile) == (409, "not_proposed", {})


@pytest.mark.parametrize("fields", [[], ["email"], ["basics"], "name", None])
def test_no_other_field_can_be_accepted(fields: object) -> None:
    account = an_account()
    row = a_read_resume(account)

    answer = a_client(account).post(f"{LIST}{row['id']}/accept/", {"fields": fields})

    assert answer.status_code == 400


def test_a_file_comes_back_as_it_was_sent_and_is_never_shown_in_place() -> None:
    account = an_account()
    sent = send(a_client(account), files.text(), "简 历.txt").json()

    answer = a_client(account).get(f"{LIST}{sent['id']}/file/", headers={"Accept": "text/plain"})

    assert (answer.status_code, answer.getvalue()) == (200, files.text())
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition")} == {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": "attachment; filename*=utf-8''%E7%AE%80%20%E5%8E%86.txt",
    }
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_a_refused_file_cannot_be_downloaded(django_capture_on_commit_callbacks: Any) -> None:
    account = an_account()
    with django_capture_on_commit_callbacks(execute=True):
        row = a_read_resume(account, files.locked_pdf())

    answer = a_client(account).get(f"{LIST}{row['id']}/file/")

    assert (answer.status_code, answer.json()["code"]) == (404, "file_not_kept")


def test_a_deleted_resume_leaves_no_file(tmp_path: Path, django_capture_on_commit_callbacks: Any) -> None:
    account = an_account()
    row = a_read_resume(account)

    with django_capture_on_commit_callbacks(execute=True):
        answer = a_client(account).delete(f"{LIST}{row['id']}/")

    assert (answer.status_code, Resume.objects.count(), kept(tmp_path)) == (204, 0, [])


def test_somebody_elses_resume_does_not_exist() -> None:
    row = a_read_resume(an_account())
    stranger, path = a_client(an_account()), f"{LIST}{row['id']}/"

    answers = [
        stranger.get(path),
        stranger.delete(path),
        stranger.get(f"{path}file/"),
        stranger.post(f"{path}accept/", {"fields": ["name"]}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert stranger.get(LIST).json()["results"] == []
    assert [a_client().get(LIST).status_code, send(a_client(), files.pdf()).status_code] == [401, 401]


@pytest.mark.parametrize("count", [1, 12])
def test_listing_takes_as_many_statements_for_one_as_for_many(count: int) -> None:
    account = an_account()
    for number in range(count):
        send(a_client(account), files.text([str(number)]), "cv.txt")
    client = a_client(account)

    with CaptureQueriesContext(
        connection,
    ) as statements:
        rows = client.get(LIST).json()["results"]

    assert (len(rows), len(statements)) == (count, 2)
