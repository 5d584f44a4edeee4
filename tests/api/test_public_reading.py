"""What anybody may read: open postings, cacheable, at a bounded rate, and nothing of what is not open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.core.throttling import PublicRate
from ats.models import Location, Track
from tests.api.problems import invalid
from tests.eligibility.rules import BACHELOR, WINDOW_2026, WINDOW_2027, rules_of
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


def test_a_month_finds_the_postings_whose_windows_hold_it_whatever_else_they_ask() -> None:
    organisation = an_organisation()
    older, newer, anybody = (a_posting(organisation) for _ in range(3))
    rules_of(older.campaign, {"all": [WINDOW_2026, BACHELOR]})
    rules_of(newer.campaign, WINDOW_2027)
    aside = a_posting(organisation, campaign=newer.campaign)
    rules_of(aside, {"not": WINDOW_2026})
    either = a_posting(organisation, campaign=anybody.campaign)
    rules_of(either, {"any": [WINDOW_2026, BACHELOR]})

    found = {
        month: [row["id"] for row in a_client().get(f"{POSTINGS}?graduates_in={month}").json()["results"]]
        for month in ("2026-10", "2026-11", "2027-10", "2027-10-30", "2027-10-31")
    }

    assert found == {
        "2026-10": [either.pk, anybody.pk, older.pk],
        "2026-11": [either.pk, aside.pk, anybody.pk, newer.pk],
        "2027-10": [either.pk, aside.pk, anybody.pk, newer.pk],  # that window holds but its last day
        "2027-10-30": [either.pk, aside.pk, anybody.pk, newer.pk],
        "2027-10-31": [either.pk, anybody.pk],
    }


def test_finding_by_a_month_takes_as_many_statements_for_thirty_as_for_one() -> None:
    organisation = an_organisation()
    counts = []
    for more in (1, 29):
        for _ in range(more):
            rules_of(a_posting(organisation).campaign, WINDOW_2026)
        with CaptureQueriesContext(connection) as captured:
            answer = a_client().get(f"{POSTINGS}?graduates_in=2026-06")
        counts.append((len(answer.json()["results"]), len(captured)))

    with CaptureQueriesContext(connection) as again:
        a_client().get(f"{POSTINGS}?graduates_in=2026-06")

    assert counts == [(1, 9), (30, 9)]
    assert len(again) == 7  # the rules are compiled already


@pytest.mark.parametrize("month", ["2027", "2027-13", "2027-06-31", "June"])
def test_what_is_no_month_and_no_day_is_refused(month: str) -> None:
    answer = a_client().get(f"{POSTINGS}?graduates_in={month}")

    sentence = "Give a month such as 2026-06 or a day such as 2026-06-30."
    assert (answer.status_code, answer.json()) == (400, invalid("/graduates_in", "invalid", sentence))


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


def test_who_can_not_be_counted_is_served(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1"}}

    answers = [a_client().get(path) for path in (POSTINGS, "/careers/")]
    code = a_client().post("/api/v1/codes/", {"email": "li.na@example.com"})

    assert [answer.status_code for answer in (*answers, code)] == [200, 200, 202]
    assert "the cache does not answer: ConnectionError" in caplog.text
