"""Nothing that is the team's own reaches the candidate: every field of every answer is looked at."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from ats.applications.moves import move_applications
from ats.models import Posting, Stage
from tests.factories import a_client, a_member, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db

SECRET = "team-only"
INTERNAL = {"stage", "stages", "notes", "note", "score", "scores", "scorecard", "rating", "reason", "actor"}


def a_judged_candidate() -> tuple[Any, Posting]:
    """An applicant in a stage whose internal name, kind and move say what is not for them."""
    organisation = an_organisation()
    posting = a_posting(organisation)
    Stage.objects.for_org(organisation).update(public_name="In review", public_name_zh="审核中")
    for stage in Stage.objects.for_org(organisation):
        Stage.objects.filter(pk=stage.pk).update(name=f"{SECRET} {stage.pk}", name_zh=f"{SECRET} {stage.pk}")
    client = a_client(an_account(profile={"basics": {"name": "李娜"}}))
    made = client.post("/api/v1/me/applications/", {"posting": posting.pk}, headers={"Idempotency-Key": "k"})
    recruiter = a_member(organisation)
    screening = Stage.objects.filter(pipeline=posting.pipeline).order_by("position")[1]
    _batch, items = move_applications(
        by=recruiter, applications=[made.json()["id"]], to_stage=screening.pk, reason=f"{SECRET} reason"
    )
    assert [item.result.value for item in items] == ["moved"]
    a_client(recruiter.account).get("/api/v1/applications/")
    return client, posting


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> list[str]:
    """Every address without a parameter below `prefix`."""
    found = []
    for pattern in patterns:
        path = prefix + str(pattern.pattern).lstrip("^").rstrip("$").replace("\\Z", "")
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, path)
        elif "(" not in path and "<" not in path:
            found.append(path)
    return found


def every_field(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in every_field(inner, f"{path}/{key}")]
    if isinstance(value, list):
        return [pair for inner in value for pair in every_field(inner, path)]
    return [(path, value)]


def document(answer: Any) -> Any:
    """What an answer says; of an archive, its document."""
    if answer["Content-Type"] != "application/zip":
        return answer.json()
    with ZipFile(BytesIO(answer.getvalue())) as archive:
        return json.loads(archive.read("export.json"))


def test_no_answer_about_oneself_shows_what_is_the_teams() -> None:
    client, posting = a_judged_candidate()
    own = [path for path in addresses(get_resolver().url_patterns) if path.startswith("/api/v1/me/")]
    season = f"?organisation={posting.organisation.slug}&campaign={posting.campaign.slug}"
    narrowed = ("/preferences/", "/me/postings/")
    asked = [path + season if path.endswith(narrowed) else path for path in own]
    [row] = client.get("/api/v1/me/applications/").json()["results"]
    asked.append(f"/api/v1/me/applications/{row['id']}/")

    answers = {path: client.get(path) for path in asked}
    shown = {
        path: every_field(document(answer)) for path, answer in answers.items() if answer.status_code == 200
    }

    unread = {path: answer.status_code for path, answer in answers.items() if path not in shown}
    assert set(unread.values()) <= {405}, unread  # addresses that only take a POST
    fields = [(path, name, value) for path, rows in shown.items() for name, value in rows]
    assert len(fields) > 30
    leaking = [field for field in fields if SECRET in str(field[2]) or INTERNAL & set(field[1].split("/"))]
    assert leaking == []


def test_the_status_is_the_line_that_the_organisation_chose() -> None:
    client, _posting = a_judged_candidate()

    [row] = client.get("/api/v1/me/applications/").json()["results"]

    assert (row["status"], row["status_zh"], row["state"]) == ("In review", "审核中", "active")
