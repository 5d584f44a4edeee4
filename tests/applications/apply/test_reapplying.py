"""Applying again after withdrawing, where the campaign allows it."""

from __future__ import annotations

from typing import Any

import pytest

from ats.models import Application, ApplicationVersion, Campaign, Event, Move, Stage
from tests.factories import a_campaign, a_client, a_member, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db

URL = "/api/v1/me/applications/"
PROFILE = {"basics": {"name": "李娜"}}


def withdrawn(*, allows_reapplying: bool) -> tuple[Any, Application]:
    """Somebody's client, and their application, which was in a later stage when they withdrew it."""
    organisation = an_organisation()
    campaign = a_campaign(organisation, allows_reapplying=allows_reapplying)
    posting = a_posting(organisation, campaign=campaign)
    client = a_client(an_account(profile=PROFILE))
    made = client.post(URL, {"posting": posting.pk, "preference": 1}).json()
    later = Stage.objects.for_org(organisation).get(name="Interview")
    Application.objects.update(stage=later)
    client.post(f"{URL}{made['id']}/withdraw/")
    return client, Application.objects.get()


def test_the_application_is_active_again_in_the_first_stage() -> None:
    client, application = withdrawn(allows_reapplying=True)

    answer = client.post(URL, {"posting": application.posting_id, "preference": 2, "source": "fair"})

    assert answer.status_code == 201
    assert answer.json() == client.get(f"{URL}{application.pk}/").json()
    application.refresh_from_db()
    assert (application.state, application.stage.name) == ("active", "Applied")
    assert (application.preference, application.source) == (2, "fair")
    assert ApplicationVersion.objects.get().preference == 1
    assert Move.objects.latest("pk").kind == "reapply"
    event = Event.objects.get(type="application.reapplied")
    assert (event.actor, event.data["from_state"], event.data["to_state"]) == (None, "withdrawn", "active")


def test_where_the_campaign_does_not_allow_it_an_application_is_made_once() -> None:
    client, application = withdrawn(allows_reapplying=False)

    answer = client.post(URL, {"posting": application.posting_id})

    assert (answer.status_code, answer.json()["code"]) == (409, "already_applied")


def test_an_active_application_is_not_made_again() -> None:
    client, application = withdrawn(allows_reapplying=True)
    client.post(URL, {"posting": application.posting_id})

    answer = client.post(URL, {"posting": application.posting_id})

    assert (answer.status_code, answer.json()["code"]) == (409, "already_applied")


def test_nobody_applies_again_after_the_season() -> None:
    client, application = withdrawn(allows_reapplying=True)
    Campaign.objects.update(opens_on="2020-01-01", closes_on="2020-02-01")

    answer = client.post(URL, {"posting": application.posting_id})

    assert answer.status_code == 409
    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_no_member_applies_again_for_a_candidate() -> None:
    _client, application = withdrawn(allows_reapplying=True)
    member = a_member(application.organisation)

    answer = a_client(member.account).post(
        "/api/v1/moves/", {"applications": [application.pk], "kind": "reapply"}
    )

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/kind")
