from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from ats.models import Organisation, Role
from tests.factories import a_client, a_member, an_organisation

pytestmark = pytest.mark.django_db

URL = "/api/v1/saved-views/"
QUERY = {"track": "security", "degree_least": "4", "order": "longest_in_stage"}


@pytest.fixture
def owner(organisation: Organisation) -> APIClient:
    return a_client(a_member(organisation).account)


@pytest.fixture
def colleague(organisation: Organisation) -> APIClient:
    return a_client(a_member(organisation).account)


def test_a_view_is_kept_changed_and_deleted(owner: APIClient) -> None:
    made = owner.post(URL, {"name": "Masters", "query": QUERY | {"degree_least": 4}}).json()
    changed = owner.patch(f"{URL}{made['id']}/", {"name": "Masters in security"}).json()
    gone = owner.delete(f"{URL}{made['id']}/")

    assert (made["name"], made["query"], made["is_shared"]) == ("Masters", QUERY, False)
    assert (changed["name"], changed["query"]) == ("Masters in security", QUERY)
    assert gone.status_code == 204
    assert owner.get(URL).json()["results"] == []


def test_a_view_is_seen_by_others_of_the_team_when_shared(owner: APIClient, colleague: APIClient) -> None:
    owner.post(URL, {"name": "Mine", "query": QUERY})
    shared = owner.post(URL, {"name": "Ours", "query": QUERY, "is_shared": True}).json()
    stranger = a_client(a_member(an_organisation()).account)

    assert [row["name"] for row in owner.get(URL).json()["results"]] == ["Ours", "Mine"]
    assert [row["name"] for row in colleague.get(URL).json()["results"]] == ["Ours"]
    assert stranger.get(URL).json()["results"] == []
    assert stranger.get(f"{URL}{shared['id']}/").status_code == 404


def test_only_the_owner_changes_a_shared_view(owner: APIClient, colleague: APIClient) -> None:
    made = owner.post(URL, {"name": "Ours", "query": QUERY, "is_shared": True}).json()

    answers = [
        colleague.patch(f"{URL}{made['id']}/", {"name": "Theirs"}),
        colleague.delete(f"{URL}{made['id']}/"),
    ]

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(403, "not_the_owner")] * 2
    assert owner.get(f"{URL}{made['id']}/").json() == made


@pytest.mark.parametrize(
    "query", [{"colour": "red"}, {"degree": 99}, {"order": "luck"}, {"stage": {"a": 1}}, [], "x", {}]
)
def test_a_view_that_the_list_would_not_take_is_refused(query: object, owner: APIClient) -> None:
    answer = owner.post(URL, {"name": "Odd", "query": query})

    assert answer.status_code == 400
    assert owner.get(URL).json()["results"] == []


def test_a_name_is_used_once_by_a_person(owner: APIClient, colleague: APIClient) -> None:
    statuses = [
        who.post(URL, {"name": "Same", "query": QUERY}).status_code for who in (owner, owner, colleague)
    ]

    assert statuses == [201, 409, 201]


def test_who_may_only_view_may_not(organisation: Organisation) -> None:
    assert a_client(a_member(organisation, Role.VIEWER).account).get(URL).status_code == 403
