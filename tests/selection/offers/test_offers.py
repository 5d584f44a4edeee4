"""An offer's way from draft to answer, over HTTP, and what ends it on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models.functions import Now
from rest_framework.test import APIClient

from ats.applications.moves import move_applications
from ats.applications.moves.closing import close_announced
from ats.delivery.sending import drain
from ats.models import Application, Delivery, Event, Membership, MoveKind, Offer, Posting, Role, Stage
from ats.selection.offers.expiry import expire_due
from tests.applications.moves.test_decisions import reject
from tests.factories import (
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_account,
    an_application,
    an_organisation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(recruiter: Membership) -> APIClient:
    return a_client(a_member(recruiter.organisation, Role.OWNER).account)


def an_applicant(by: Membership, stage: str = "Offer", **facts: Any) -> Application:
    """With an account."""
    candidate = a_candidate(by.organisation, account=an_account())
    at = Stage.objects.for_org(by.organisation).get(name=stage)
    posting = facts.pop("posting", None) or a_posting(by.organisation)
    return an_application(posting, candidate, stage=at, **facts)


def extended(owner: APIClient, application: Application) -> str:
    """The path, for staff, of an offer that was extended for a week."""
    offer = owner.post("/api/v1/offers/", {"application": application.pk, "pay": "400 a day"}).json()
    path = f"/api/v1/offers/{offer['id']}/"
    owner.post(f"{path}approve/")
    deadline = datetime.now(UTC) + timedelta(days=7)
    assert owner.post(f"{path}extend/", {"deadline": deadline.isoformat()}).status_code == 200
    return path


def test_an_offer_goes_from_draft_to_a_place_taken(recruiter: Membership, owner: APIClient) -> None:
    application = an_applicant(recruiter)
    path = extended(owner, application)
    candidate = a_client(application.candidate.account)

    (seen,) = candidate.get("/api/v1/me/offers/").json()["results"]
    answer = candidate.post(f"/api/v1/me/offers/{seen['id']}/accept/")
    drain()

    assert (seen["state"], seen["pay"], answer.json()["state"]) == ("extended", "400 a day", "accepted")
    assert owner.get(path).json()["state"] == "accepted"
    application.refresh_from_db()
    assert (application.state, application.stage.name, application.posting.filled) == ("hired", "Hired", 1)
    assert list(Event.objects.order_by("id").values_list("type", flat=True)) == [
        "offer.drafted",
        "offer.approved",
        "offer.extended",
        "offer.accepted",
        "application.hired",
    ]
    name = recruiter.organisation.name
    assert [m.subject for m in mail.outbox] == [f"{name}: an offer for you", f"{name}: welcome"]


def test_a_recruiter_does_not_approve(recruiter: Membership) -> None:
    client = a_client(recruiter.account)
    offer = client.post("/api/v1/offers/", {"application": an_applicant(recruiter).pk}).json()

    assert client.post(f"/api/v1/offers/{offer['id']}/approve/").status_code == 403


@pytest.mark.parametrize(
    ("step", "body"),
    [("extend", {"deadline": "2999-01-01T00:00:00Z"}), ("approve", None), ("withdraw", None)],
)
def test_a_step_that_the_state_does_not_allow(
    recruiter: Membership, owner: APIClient, step: str, body: dict[str, str] | None
) -> None:
    path = extended(owner, an_applicant(recruiter))
    owner.post(f"{path}withdraw/")

    answer = owner.post(f"{path}{step}/", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "offer_state")


def test_only_a_draft_can_be_rewritten(recruiter: Membership, owner: APIClient) -> None:
    offer = owner.post("/api/v1/offers/", {"application": an_applicant(recruiter).pk}).json()
    path = f"/api/v1/offers/{offer['id']}/"

    rewritten = owner.patch(path, {"pay": "500 a day", "terms": ""}).json()
    owner.patch(path, {"pay": "500 a day"})  # changes nothing
    owner.post(f"{path}approve/")
    answer = owner.patch(path, {"pay": "5 a day"})

    assert (rewritten["pay"], answer.status_code) == ("500 a day", 409)
    assert list(Event.objects.order_by("id").values_list("type", "data")) == [
        ("offer.drafted", {"offer": offer["id"], "from_state": "draft"}),
        ("offer.changed", {"offer": offer["id"], "from_state": "draft", "fields": ["pay"]}),
        ("offer.approved", {"offer": offer["id"], "from_state": "draft"}),
    ]


def test_one_offer_at_a_time(recruiter: Membership, owner: APIClient) -> None:
    application = an_applicant(recruiter)
    path = extended(owner, application)
    body = {"application": application.pk}

    second = owner.post("/api/v1/offers/", body)
    owner.post(f"{path}withdraw/")
    third = owner.post("/api/v1/offers/", body)

    assert (second.json()["code"], third.status_code) == ("offer_under_way", 201)


def test_nobody_is_offered_what_they_could_not_accept(recruiter: Membership, owner: APIClient) -> None:
    offer = owner.post("/api/v1/offers/", {"application": an_applicant(recruiter, "Applied").pk}).json()
    path = f"/api/v1/offers/{offer['id']}/"
    owner.post(f"{path}approve/")

    answers = [
        owner.post(f"{path}extend/", {"deadline": deadline})
        for deadline in ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]
    ]

    assert [answer.json()["code"] for answer in answers] == ["deadline_passed", "no_such_edge"]


def test_from_the_deadline_on_nothing_is_accepted_and_expiry_is_recorded_once(
    recruiter: Membership, owner: APIClient
) -> None:
    application = an_applicant(recruiter)
    path = extended(owner, application)
    drain()
    Offer.objects.update(deadline=Now())
    candidate = a_client(application.candidate.account)
    mine = candidate.get("/api/v1/me/offers/").json()["results"][0]["id"]

    answer = candidate.post(f"/api/v1/me/offers/{mine}/accept/")
    expired = [expire_due(), expire_due()]
    drain()

    assert answer.json()["code"] == "offer_expired"
    assert (expired, owner.get(path).json()["state"]) == ([1, 0], "expired")
    assert Event.objects.filter(type="offer.expired").count() == 1
    assert mail.outbox[-1].subject == f"{recruiter.organisation.name}: our offer has expired"


def test_of_ten_who_accept_for_three_places_three_are_hired(recruiter: Membership, owner: APIClient) -> None:
    posting = a_posting(recruiter.organisation, head_count=3)
    people = [an_applicant(recruiter, posting=posting) for _ in range(10)]
    for application in people:
        extended(owner, application)

    answers = []
    for application in people:
        candidate = a_client(application.candidate.account)
        mine = candidate.get("/api/v1/me/offers/").json()["results"][0]["id"]
        answers.append(candidate.post(f"/api/v1/me/offers/{mine}/accept/").json())

    assert [a.get("code", a.get("state")) for a in answers] == [
        *["accepted"] * 3,
        *["head_count_reached"] * 7,
    ]
    assert Posting.objects.get(pk=posting.pk).filled == 3
    assert Offer.objects.filter(state="extended").count() == 7


def test_an_offer_ends_with_its_application(recruiter: Membership, owner: APIClient) -> None:
    rejected, hired = an_applicant(recruiter), an_applicant(recruiter)
    paths = [extended(owner, rejected), extended(owner, hired)]
    drain()

    reject(recruiter, rejected)
    move_applications(by=recruiter, applications=[hired.pk], kind=MoveKind.HIRE)
    Delivery.objects.filter(state="due").update(due_at=Now())
    drain()  # the rejection is announced
    close_announced()
    drain()

    assert [owner.get(path).json()["state"] for path in paths] == ["withdrawn", "withdrawn"]
    name = recruiter.organisation.name
    assert [m.subject for m in mail.outbox[2:]] == [
        f"{name}: about your application",
        f"{name}: welcome",
        f"{name}: our offer is withdrawn",
    ]


def test_anothers_offer_is_not_there(recruiter: Membership, owner: APIClient) -> None:
    path = extended(owner, an_applicant(recruiter))
    pk = path.split("/")[-2]
    stranger = a_client(a_member(an_organisation(), Role.OWNER).account)

    assert stranger.get(path).status_code == 404
    assert a_client(an_account()).post(f"/api/v1/me/offers/{pk}/accept/").status_code == 404
