"""The main job once, over HTTP: a stranger becomes a candidate, applies, is moved, and is told."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from ats.delivery.sending import drain
from ats.models import Application, Delivery, Event, Stage
from tests.factories import a_client, a_member, a_posting, an_organisation

pytestmark = pytest.mark.django_db


def test_a_stranger_registers_applies_is_moved_and_is_told_in_chinese() -> None:
    organisation = an_organisation(name="Aurora", name_zh="曙光")
    posting = a_posting(organisation, title="Search algorithms", title_zh="搜索算法实习生")
    nobody = a_client()

    nobody.post("/api/v1/codes/", {"email": "Li.Na@example.com", "language": "zh-hans"})
    drain()
    found = re.search(r"\d{6}", str(mail.outbox[-1].subject))
    assert found
    token = nobody.post("/api/v1/tokens/", {"email": "li.na@example.com", "code": found[0]}).json()
    candidate = a_client()
    candidate.credentials(HTTP_AUTHORIZATION=f"Bearer {token['token']}")
    candidate.put("/api/v1/me/profile/", {"basics": {"name": "李娜"}})
    listed = candidate.get("/api/v1/public/postings/").json()["results"]
    applied = candidate.post("/api/v1/me/applications/", {"posting": listed[0]["id"]}).json()

    recruiter = a_client(a_member(organisation).account)
    seen = recruiter.get("/api/v1/applications/").json()["results"]
    screening = Stage.objects.for_org(organisation).get(name="Screening")
    moved = recruiter.post(
        "/api/v1/moves/",
        {"applications": [seen[0]["id"]], "to_stage": screening.pk, "expected_stage": seen[0]["stage"]},
    ).json()
    drain()

    assert [row["id"] for row in listed] == [posting.pk]
    assert (applied["status"], applied["status_zh"]) == ("Received", "已收到")
    assert seen[0]["candidate"]["name"] == "李娜"
    assert moved["items"] == [{"application": applied["id"], "result": "moved"}]
    assert Application.objects.get().stage == screening
    assert list(Event.objects.values_list("type", flat=True)) == [
        "application.submitted",
        "application.moved",
    ]
    assert [m.subject for m in mail.outbox[1:]] == [
        "曙光：已收到您的投递",
        "曙光：您的投递进入「筛选中」",
    ]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
