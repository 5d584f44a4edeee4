"""An employer begins with one command, and its owner with an e-mailed code."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ats.models import Account, Membership, Organisation, Pipeline, Track
from tests.factories import a_client

pytestmark = pytest.mark.django_db


def test_the_command_makes_an_employer_whose_owner_may_begin() -> None:
    out = StringIO()

    call_command("create_organisation", "aurora", owner="Li.Na@Aurora.example", name="Aurora", stdout=out)

    organisation = Organisation.objects.get(slug="aurora")
    owner = Membership.objects.get(organisation=organisation)
    assert (organisation.name, organisation.is_demo) == ("Aurora", False)
    assert (owner.account.email, owner.role) == ("li.na@aurora.example", "owner")
    assert Pipeline.objects.for_org(organisation).filter(is_default=True).count() == 1
    assert Track.objects.for_org(organisation).exists()
    assert a_client(owner.account).get("/api/v1/organisation/").json()["slug"] == "aurora"
    assert out.getvalue() == "aurora: li.na@aurora.example owns it; sign in with an e-mailed code.\n"


@pytest.mark.parametrize(("slug", "owner"), [("a b", "a@b.example"), ("aurora", "nobody")])
def test_what_cannot_be_a_name_or_an_address_is_refused(slug: str, owner: str) -> None:
    with pytest.raises(CommandError):
        call_command("create_organisation", slug, owner=owner)

    assert not Organisation.objects.exists()
    assert not Account.objects.exists()


def test_a_slug_is_taken_once() -> None:
    call_command("create_organisation", "aurora", owner="a@aurora.example", stdout=StringIO())

    with pytest.raises(CommandError, match="There is an organisation aurora already"):
        call_command("create_organisation", "aurora", owner="b@aurora.example")
