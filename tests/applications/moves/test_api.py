"""Moves over HTTP: whom one may name, and what is refused as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from ats.models import Membership, Stage
from tests.factories import a_client, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db


def screening(by: Membership) -> int:
    return Stage.objects.for_org(by.organisation).get(name="Screening").pk


def test_applications_are_chosen_by_the_filters_of_the_list(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation)
    chosen = [an_application(posting).pk for _ in range(2)]
    an_application(a_posting(recruiter.organisation))
    an_application(a_posting(an_organisation()))
    body = {"filter": {"posting": posting.pk, "state": "active"}, "to_stage": screening(recruiter)}

    answer = a_client(recruiter.account).post("/api/v1/moves/", body)

    assert answer.status_code == 201
    assert answer.json()["items"] == [{"application": pk, "result": "moved"} for pk in chosen]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, ("", "one_of_two")),
        ({"applications": [1], "filter": {"stage": 1}}, ("", "one_of_two")),
        ({"filter": {}}, ("/filter", "invalid")),
        ({"filter": {"stage": {"gt": 1}}}, ("/filter", "invalid")),
        ({"filter": {"salary": 1}}, ("/filter/salary", "unknown_parameter")),
        ({"filter": {"state": "gone"}}, ("/filter/state", "invalid_choice")),
        ({"applications": [1]}, ("/to_stage", "required")),
        ({"applications": [1], "kind": "hire", "rejection_reason": 1}, ("/rejection_reason", "not_taken")),
        ({"applications": [1], "kind": "undo"}, ("/kind", "invalid_choice")),
        ({"applications": [0], "kind": "hire"}, ("/applications/0", "min_value")),
    ],
)
def test_a_body_that_says_too_little_or_too_much(
    recruiter: Membership, body: dict[str, Any], problem: tuple[str, str]
) -> None:
    answer = a_client(recruiter.account).post("/api/v1/moves/", body)

    assert answer.status_code == 400
    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [problem]


def test_a_move_is_undone_at_its_own_address(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    client = a_client(recruiter.account)
    body = {"applications": [application.pk], "to_stage": screening(recruiter)}
    moved = client.post("/api/v1/moves/", body).json()

    undone = client.post(f"/api/v1/moves/{moved['id']}/undo/")

    item = {"application": application.pk, "result": "moved"}
    assert undone.json() == {
        "id": moved["id"] + 1,
        "asked": 1,
        "moved": 1,
        "results": {"moved": 1},
        "items": [item],
        "related": [],
    }
    assert client.get(f"/api/v1/moves/{moved['id'] + 1}/").json()["undoes"] == moved["id"]
    assert client.post(f"/api/v1/moves/{moved['id']}/undo/").json()["code"] == "undone_already"


def test_a_summary_counts_the_results_and_names_no_application(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation)
    ids = [an_application(posting).pk for _ in range(3)]
    body = {"applications": [*ids, 10**9], "to_stage": screening(recruiter), "summary": True}

    moved = a_client(recruiter.account).post("/api/v1/moves/", body).json()

    assert moved == {
        "id": moved["id"],
        "asked": 4,
        "moved": 3,
        "results": {"moved": 3, "not_found": 1},
        "items": [],
    }


def test_a_repeated_request_gets_the_first_answer(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    client = a_client(recruiter.account)
    body = {"applications": [application.pk], "to_stage": screening(recruiter)}

    answers = [
        client.post("/api/v1/moves/", body, headers={"Idempotency-Key": "the same"}).json() for _ in range(2)
    ]

    assert answers[0]["moved"] == 1
    assert answers[0] == answers[1]
