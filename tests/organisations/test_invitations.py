"""Nobody is made a member: an address is invited, and whoever proves to own it accepts or declines."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db.models.functions import Now
from rest_framework.test import APIClient

from ats.models import Account, Event, Invitation, Membership, Role
from tests.factories import a_client, a_member, an_account, an_organisation
from tests.journeys.season import all_is_sent

pytestmark = pytest.mark.django_db
URL, MINE = "/api/v1/invitations/", "/api/v1/me/invitations/"


def the_owner() -> Membership:
    return Membership.objects.get(organisation=an_organisation(name="Aurora"), role=Role.OWNER)


def invited(owner: Membership, email: str, role: str = "recruiter") -> dict[str, Any]:
    answer = a_client(owner.account).post(URL, {"email": email, "role": role})
    assert answer.status_code == 201
    body: dict[str, Any] = answer.json()
    return body


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_an_employer_learns_nothing_of_an_address_before_its_owner_accepts() -> None:
    owner, somebody = the_owner(), an_account(email="li.na@example.com", name="Li Na")

    known = invited(owner, "Li.Na@Example.com")
    unknown = invited(owner, "nobody@example.com")

    differing = {"id", "email", "created_at", "expires_at"}
    assert {key for key in known if known[key] != unknown[key]} <= differing
    assert {key: known[key] for key in known if key not in differing} == {
        "role": "recruiter",
        "state": "open",
        "invited_by": owner.pk,
        "member": None,
    }
    listed = a_client(owner.account).get("/api/v1/memberships/").json()["results"]
    assert [row["id"] for row in listed] == [owner.pk]
    assert not Account.objects.filter(email="nobody@example.com").exists()
    assert not Membership.objects.filter(account=somebody).exists()


def test_an_invitation_neither_breaks_the_requests_nor_blocks_the_erasure_of_who_is_invited() -> None:
    recruiter = a_member(an_organisation())
    client = a_client(recruiter.account)
    invited(the_owner(), recruiter.account.email)

    working = client.get("/api/v1/applications/")
    left = client.delete(f"/api/v1/me/memberships/{recruiter.pk}/")
    erased = client.post("/api/v1/me/erasure/", {"email": recruiter.account.email})

    assert [answer.status_code for answer in (working, left, erased)] == [200, 204, 204]
    assert not Invitation.objects.exists()


def test_whoever_proves_the_address_accepts_once_and_is_a_member() -> None:
    owner, somebody = the_owner(), an_account(email="li.na@example.com", name="Li Na")
    invitation, client = invited(owner, "li.na@example.com"), a_client(somebody)

    [mine] = client.get(MINE).json()["results"]
    joined = client.post(f"{MINE}{mine['id']}/accept/")
    again = client.post(f"{MINE}{mine['id']}/accept/")
    declined = client.post(f"{MINE}{mine['id']}/decline/")

    member = Membership.objects.get(account=somebody)
    assert (mine["organisation"], mine["state"]) == (owner.organisation.slug, "open")
    assert (joined.status_code, joined.json()["id"], joined.json()["role"]) == (200, member.pk, "recruiter")
    assert [refused(answer) for answer in (again, declined)] == [(409, "invitation_closed")] * 2
    row = a_client(owner.account).get(f"{URL}{invitation['id']}/").json()
    assert (row["state"], row["member"]) == ("accepted", member.pk)
    assert list(Event.objects.order_by("id").values_list("type", "actor", "data")) == [
        ("member.invited", owner.pk, {"invitation": invitation["id"], "role": "recruiter"}),
        ("member.joined", member.pk, {"member": member.pk, "role": "recruiter"}),
    ]


def test_nobody_answers_an_invitation_to_another_address() -> None:
    invitation = invited(the_owner(), "li.na@example.com")
    client = a_client(an_account())

    answers = [client.post(f"{MINE}{invitation['id']}/{verb}/") for verb in ("accept", "decline")]

    assert client.get(MINE).json()["results"] == []
    assert [refused(answer) for answer in answers] == [(404, "invitation_not_found")] * 2


def declined(client: APIClient, owner: Membership, pk: int) -> None:
    assert client.post(f"{MINE}{pk}/decline/").status_code == 204


def revoked(client: APIClient, owner: Membership, pk: int) -> None:
    assert a_client(owner.account).delete(f"{URL}{pk}/").status_code == 204


def expired(client: APIClient, owner: Membership, pk: int) -> None:
    Invitation.objects.filter(pk=pk).update(expires_at=Now())


@pytest.mark.parametrize("end", [declined, revoked, expired])
def test_what_has_ended_is_accepted_no_more_and_may_be_sent_anew(end: Any) -> None:
    owner, somebody = the_owner(), an_account()
    client = a_client(somebody)
    first = invited(owner, somebody.email)
    end(client, owner, first["id"])

    late = client.post(f"{MINE}{first['id']}/accept/")
    second = invited(owner, somebody.email, "viewer")

    assert refused(late) == (409, "invitation_closed")
    assert client.post(f"{MINE}{second['id']}/accept/").json()["role"] == "viewer"


def test_one_invitation_of_an_address_is_open_and_no_member_is_invited() -> None:
    owner = the_owner()
    client, recruiter = a_client(owner.account), a_member(owner.organisation)
    invited(owner, "li.na@example.com")

    again = client.post(URL, {"email": "LI.NA@example.com", "role": "owner"})
    member = client.post(URL, {"email": recruiter.account.email, "role": "owner"})

    assert [refused(answer) for answer in (again, member)] == [
        (409, "invited_already"),
        (409, "member_already"),
    ]


def test_an_address_is_not_written_to_without_end() -> None:
    owner = the_owner()
    client = a_client(owner.account)
    for _ in range(3):
        revoked(client, owner, invited(owner, "li.na@example.com")["id"])

    answer = client.post(URL, {"email": "li.na@example.com", "role": "viewer"})

    assert refused(answer) == (409, "invited_too_often")


def test_whoever_comes_back_has_the_same_membership_again() -> None:
    owner = the_owner()
    recruiter = a_member(owner.organisation)
    client = a_client(recruiter.account)
    client.delete(f"/api/v1/me/memberships/{recruiter.pk}/")
    invitation = invited(owner, recruiter.account.email, "viewer")

    joined = client.post(f"{MINE}{invitation['id']}/accept/").json()

    assert (joined["id"], joined["role"]) == (recruiter.pk, "viewer")
    assert [row["id"] for row in client.get("/api/v1/me/memberships/").json()["results"]] == [recruiter.pk]


@pytest.mark.parametrize(
    ("language", "begin"),
    [("en", "Aurora invites you to join as recruiter"), ("zh-hans", "Aurora邀请您以")],
)
def test_the_invitation_is_mailed_in_the_language_of_who_invites(language: str, begin: str) -> None:
    owner = the_owner()
    Account.objects.filter(pk=owner.account_id).update(language=language)
    invited(owner, "li.na@example.com")

    all_is_sent()

    [sent] = mail.outbox
    assert (sent.to, sent.subject[: len(begin)]) == (["li.na@example.com"], begin)


def test_a_revoked_invitation_is_not_mailed() -> None:
    owner = the_owner()
    revoked(a_client(owner.account), owner, invited(owner, "li.na@example.com")["id"])

    all_is_sent()

    assert mail.outbox == []
