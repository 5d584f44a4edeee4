"""A filter that was given and says nothing never chooses everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.models import Application, Assignment, Event, Membership, Organisation, Reservation, Tag, Tagging
from tests.factories import a_member, a_posting, an_application

pytestmark = pytest.mark.django_db

EMPTY: list[dict[str, Any]] = [
    {},
    {"stage": ""},
    {"stage": " "},
    {"stage": []},
    {"stage": [""]},
    {"stage": None},
    {"stage": {}},
    {"state": ""},
    {"state": []},
    {"track": ""},
    {"source": "  "},
    {"tag": []},
    {"member": ""},
    {"graduates_after": ""},
    {"order": ""},
    {"text": ""},
    {"text": "😀"},
    {"text": ","},
    {"text": "\u200b"},
    {"state": "active", "text": "、"},
]


@pytest.fixture
def application(organisation: Organisation) -> Application:
    return an_application(a_posting(organisation))


Act = Callable[[APIClient, dict[str, Any], Membership], Any]


def reject(client: APIClient, chosen: dict[str, Any], member: Membership) -> Any:
    reason = client.get("/api/v1/rejection-reasons/").json()["results"][0]["id"]
    body = {"filter": chosen, "kind": "reject", "rejection_reason": reason}
    return client.post("/api/v1/moves/", body)


def tag(client: APIClient, chosen: dict[str, Any], member: Membership) -> Any:
    row = Tag.objects.create(organisation=member.organisation, name="Star")
    return client.post("/api/v1/taggings/", {"filter": chosen, "tag": row.pk})


def assign(client: APIClient, chosen: dict[str, Any], member: Membership) -> Any:
    return client.post("/api/v1/assignments/", {"filter": chosen, "member": member.pk})


def take_from_queue(client: APIClient, chosen: dict[str, Any], member: Membership) -> Any:
    return client.post("/api/v1/queue/next/", {"filter": chosen})


def take_by_view(client: APIClient, chosen: dict[str, Any], member: Membership) -> Any:
    saved = client.post("/api/v1/saved-views/", {"name": "Nothing", "query": chosen})
    view = saved.json().get("id")
    return client.post("/api/v1/queue/next/", {"view": view}) if view else saved


@pytest.mark.parametrize("act", [reject, tag, assign, take_from_queue, take_by_view])
@pytest.mark.parametrize("chosen", EMPTY, ids=str)
def test_a_bulk_verb_never_widens(
    act: Act,
    chosen: dict[str, Any],
    application: Application,
    recruiter: APIClient,
    organisation: Organisation,
) -> None:
    before = Event.objects.filter(application__isnull=False).count()  # a saved view has an event of its own

    answer = act(recruiter, chosen, a_member(organisation))

    assert answer.status_code == 400 or chosen_by(answer.json()) == 0
    application.refresh_from_db()
    assert application.state == "active"
    assert Event.objects.filter(application__isnull=False).count() == before
    assert not any(model.objects.exists() for model in (Tagging, Assignment, Reservation))


def chosen_by(answer: dict[str, Any]) -> int:
    """How many applications an act says that it was about."""
    return int(answer["next"] is not None) if "next" in answer else int(answer["asked"])


@pytest.mark.parametrize("chosen", [row for row in EMPTY if row], ids=str)
def test_a_list_and_its_count_never_widen(
    chosen: dict[str, Any], application: Application, recruiter: APIClient
) -> None:
    query = {name: "" if value in (None, [], {}, [""]) else value for name, value in chosen.items()}

    listed = recruiter.get("/api/v1/applications/", query)
    counted = recruiter.get("/api/v1/applications/count/", query)
    exported = recruiter.get("/api/v1/applications/export/", query)

    assert listed.status_code == 400 or listed.json()["results"] == []
    assert counted.status_code == 400 or counted.json() == {"count": 0}
    assert exported.status_code == listed.status_code


@pytest.mark.parametrize("order", ["", " ", "nonsense", "-created_at"])
def test_an_order_that_is_none_is_refused(order: str, recruiter: APIClient) -> None:
    answer = recruiter.get("/api/v1/applications/", {"order": order})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/order")
