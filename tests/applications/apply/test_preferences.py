from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ats.models import Account, Application, Campaign, Event
from tests.factories import a_campaign, a_client, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db
PROFILE = {"basics": {"name": "李娜"}}


def three_applications() -> tuple[Account, Campaign, list[int]]:
    organisation = an_organisation()
    campaign = a_campaign(organisation)
    account = an_account(profile=PROFILE)
    client = a_client(account)
    bodies = [{"posting": a_posting(organisation, campaign=campaign).pk, "preference": n} for n in (1, 2, 3)]
    return account, campaign, [client.post("/api/v1/me/applications/", body).json()["id"] for body in bodies]


def address(campaign: Campaign) -> str:
    slugs = f"organisation={campaign.organisation.slug}&campaign={campaign.slug}"
    return f"/api/v1/me/preferences/?{slugs}"


def ranks(answer: Any) -> list[tuple[int, int]]:
    return [(row["application"], row["preference"]) for row in answer.json()]


def test_preferences_are_ranked_anew_and_the_change_is_on_record() -> None:
    account, campaign, (first, second, third) = three_applications()
    client = a_client(account)

    before = client.get(address(campaign))
    after = client.put(address(campaign), {"applications": [third, first, second]})

    assert ranks(before) == [(first, 1), (second, 2), (third, 3)]
    assert ranks(after) == [(third, 1), (first, 2), (second, 3)]
    assert Event.objects.latest("id").data == {
        "campaign": campaign.pk,
        "applications": [third, first, second],
    }


def test_after_the_deadline_the_order_stays() -> None:
    account, campaign, (first, second, third) = three_applications()
    Campaign.objects.update(closes_on=date.today() - timedelta(days=2))  # noqa: DTZ011

    answer = a_client(account).put(address(campaign), {"applications": [third, first, second]})

    assert (answer.status_code, answer.json()["code"]) == (409, "campaign_closed")
    assert Application.objects.get(pk=first).preference == 1


@pytest.mark.parametrize("chosen", [[0], [0, 1], [0, 1, 2, 2], [0, 0, 1]])
def test_every_application_is_named_once(chosen: list[int]) -> None:
    account, campaign, ids = three_applications()

    answer = a_client(account).put(address(campaign), {"applications": [ids[n] for n in chosen]})

    assert (answer.status_code, answer.json()["code"]) == (400, "preferences_incomplete")


def test_nobody_ranks_anothers_applications() -> None:
    _account, campaign, ids = three_applications()

    answer = a_client(an_account()).put(address(campaign), {"applications": ids})

    assert answer.status_code == 404


def test_a_rank_is_taken_once() -> None:
    account, campaign, _ids = three_applications()
    fourth = a_posting(campaign.organisation, campaign=campaign)

    answer = a_client(account).post("/api/v1/me/applications/", {"posting": fourth.pk, "preference": 2})

    assert (answer.status_code, answer.json()["code"]) == (409, "preference_taken")
