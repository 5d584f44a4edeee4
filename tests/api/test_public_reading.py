"""What anybody may read: open postings, cacheable, at a bounded rate, and nothing of what is not open."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from api.core.throttling import PublicRate
from ats.models import Location, Track
from tests.eligibility.rules import BACHELOR, WINDOW_2026, rules_of
from tests.factories import a_campaign, a_client, a_posting, an_organisation

pytestmark = pytest.mark.django_db
POSTINGS = "/api/v1/public/postings/"


def test_postings_are_found_by_track_place_window_and_text() -> None:
    organisation = an_organisation()
    soon = a_campaign(organisation, closes_on=date.today() + timedelta(days=3))  # noqa: DTZ011
    track = Track.objects.for_org(organisation).latest("position")
    place = Location.objects.create(organisation=organisation, name="Hangzhou")
    facts = {"title": "Search algorithms", "graduation": "2026.11 - 2027.10"}
    wanted = a_posting(organisation, campaign=soon, track=track, **facts)
    wanted.locations.add(place)
    a_posting(organisation)
    instant = (soon.closes_on + timedelta(days=2)).isoformat() + "T00:00:00Z"
    asked = [
        f"track={track.code}",
        f"location={place.pk}",
        "graduation=2027.10",
        f"closes_before={instant}",
        f"campaign={soon.slug}",
        "text=algorithms",
    ]

    found = [[row["id"] for row in a_client().get(f"{POSTINGS}?{one}").json()["results"]] for one in asked]

    assert found == [[wanted.pk]] * len(asked)


def test_a_posting_says_in_a_sentence_who_may_apply() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting.campaign, WINDOW_2026)
    rules_of(posting, BACHELOR)

    listed = a_client().get(POSTINGS).json()["results"]

    assert [row["eligibility"] for row in listed] == [
        {
            "en": "Required: graduation from November 2025 to October 2026; a bachelor's degree or higher.",
            "zh": "要求：2025年11月至2026年10月毕业；本科及以上学历。",
        }
    ]


def test_an_answer_may_be_kept_and_is_not_sent_again_unchanged() -> None:
    posting = a_posting(an_organisation())
    client = a_client()

    for address in (POSTINGS, f"{POSTINGS}{posting.pk}/"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (first["Cache-Control"], again.status_code) == ("public, max-age=60", 304)


@pytest.mark.parametrize("state", ["draft", "paused", "closed"])
def test_what_is_not_open_is_answered_as_what_is_not_there(state: str) -> None:
    hidden = a_posting(an_organisation(), state=state)

    answers = [a_client().get(f"{POSTINGS}{pk}/") for pk in (hidden.pk, 10**15)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
    assert a_client().get(POSTINGS).json()["results"] == []


def test_anonymous_readers_are_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicRate, "rate", "2/min", raising=False)

    address = f"2001:db8::{uuid4().hex[:4]}:{uuid4().hex[:4]}"  # nobody whom an earlier run has counted

    answers = [a_client().get(POSTINGS, REMOTE_ADDR=address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
