"""Errors are RFC 9457 problem documents, in the language that was asked for."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from rest_framework.exceptions import Throttled

from api.core.problems import handle
from api.core.throttling import CodeRate
from ats.common.errors import Conflict
from tests.api.problems import problem
from tests.factories import a_client, a_member, an_account, an_organisation


def test_a_refusal_keeps_its_code_field_and_facts() -> None:
    answer = handle(Conflict("no_room", "There is no room.", field="basics.name", free=0), {})

    assert answer is not None
    assert answer.data == problem(
        409,
        "no_room",
        "There is no room.",
        free=0,
        errors=[{"pointer": "/basics/name", "code": "no_room", "detail": "There is no room."}],
    )


def test_a_wait_is_told_in_whole_seconds_rounded_up() -> None:
    answer = handle(Throttled(wait=2.2), {})

    assert answer is not None
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3")


def test_what_nobody_foresaw_is_no_problem_of_the_request() -> None:
    assert handle(ZeroDivisionError(), {}) is None


@pytest.mark.django_db
def test_an_address_that_is_not_there() -> None:
    answer = Client().get("/api/v1/nothing/")

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == problem(404, "not_found", "There is nothing at this address.")


@pytest.mark.django_db
def test_who_is_nobody_is_asked_for_a_token() -> None:
    answer = a_client().get("/api/v1/me/")

    sentence = "Authentication credentials were not provided."
    assert answer.json() == problem(401, "not_authenticated", sentence)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.django_db
def test_a_member_of_several_organisations_names_one() -> None:
    first, second = an_organisation(), an_organisation()
    member = a_member(first)
    member.pk = None
    member.organisation = second
    member.save(force_insert=True)
    client = a_client(member.account)

    unnamed = client.get("/api/v1/organisation/")
    named = client.get("/api/v1/organisation/", headers={"Intake-Organisation": second.slug})

    sentence = "You belong to several organisations: name one in the header Intake-Organisation."
    assert unnamed.json() == problem(400, "organisation_required", sentence)
    assert named.json()["slug"] == second.slug


@pytest.mark.django_db
def test_who_asks_too_often_is_told_when_to_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CodeRate, "rate", "2/min", raising=False)
    address = f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}"  # nobody whom an earlier run has counted

    answers = [
        a_client().post("/api/v1/codes/", {"email": an_account().email}, REMOTE_ADDR=address)
        for _ in range(3)
    ]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 61


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "given", "sentence"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans", "该字段是必填项。"),
        ("zh-hans", "zh-hans", "该字段是必填项。"),
        ("fr", "en", "This field is required."),
        ("", "en", "This field is required."),
    ],
)
def test_a_problem_is_told_in_the_language_asked_for(asked: str, given: str, sentence: str) -> None:
    answer = a_client().post("/api/v1/codes/", {}, headers={"Accept-Language": asked})

    assert (answer.headers["Content-Language"], answer.json()["errors"][0]["detail"]) == (given, sentence)
    assert "Accept-Language" in answer.headers["Vary"]
