from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from ats.applications.apply import apply_to_posting
from ats.common.errors import Conflict, NotFound, Refused
from ats.models import Account, Application, Delivery, Event, Posting, PostingState
from tests.factories import a_campaign, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db


def a_person() -> Account:
    education = {"institution": "Wuhan University", "studyType": "Bachelor", "endDate": "2027-06"}
    return an_account(profile={"basics": {"name": "Li Na", "phone": "138"}, "education": [education]})


def refusal(posting: Posting, by: Account | None = None) -> tuple[str, type[Refused], str]:
    """The code, kind and field with which it is refused; nothing is left of it."""
    before = Application.objects.count(), Event.objects.count(), Delivery.objects.count()
    with pytest.raises(Refused) as refused:
        apply_to_posting(by=by or a_person(), posting=posting.pk)
    assert before == (Application.objects.count(), Event.objects.count(), Delivery.objects.count())
    return refused.value.code, type(refused.value), refused.value.field


def test_applying_leaves_an_application_an_event_and_a_notice() -> None:
    posting = a_posting(an_organisation())
    person = a_person()

    made = apply_to_posting(by=person, posting=posting.pk, preference=1, source="fair")

    made.refresh_from_db()
    assert (made.campaign, made.track, made.stage.name) == (posting.campaign, posting.track, "Applied")
    assert (made.graduates_until, made.preference, made.source) == (date(2027, 6, 30), 1, "fair")
    assert (made.candidate.account, made.candidate.name, made.candidate.phone) == (person, "Li Na", "138")
    event = Event.objects.get()
    assert (event.type, event.application, event.actor) == ("application.submitted", made, None)
    assert event.data == {"stage": made.stage_id, "track": posting.track.code}
    assert Delivery.objects.get(event=event).recipient == f"candidate:{made.candidate_id}"


def test_applying_twice_is_refused() -> None:
    posting = a_posting(an_organisation())
    person = a_person()
    apply_to_posting(by=person, posting=posting.pk)

    assert refusal(posting, person) == ("already_applied", Conflict, "posting")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (PostingState.DRAFT, ("posting_not_found", NotFound, "posting")),
        (PostingState.PAUSED, ("posting_closed", Conflict, "posting")),
        (PostingState.CLOSED, ("posting_closed", Conflict, "posting")),
    ],
)
def test_a_posting_that_is_not_open_takes_nobody(state: PostingState, expected: Any) -> None:
    assert refusal(a_posting(an_organisation(), state=state)) == expected


def test_a_posting_that_is_not_there_is_answered_as_a_draft() -> None:
    assert refusal(Posting(pk=10**15)) == ("posting_not_found", NotFound, "posting")


def test_a_person_without_a_name_fills_in_the_profile_first() -> None:
    posting = a_posting(an_organisation())

    assert refusal(posting, an_account()) == ("profile_incomplete", Conflict, "basics.name")


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(-30, -1), (1, 30)],
    ids=["ended yesterday", "begins tomorrow"],
)
def test_outside_its_season_a_posting_takes_nobody(opens: int, closes: int) -> None:
    today = local_today("Asia/Shanghai")
    organisation = an_organisation()
    campaign = a_campaign(
        organisation,
        opens_on=today + timedelta(days=opens),
        closes_on=today + timedelta(days=closes),
    )

    assert refusal(a_posting(organisation, campaign=campaign)) == ("posting_closed", Conflict, "posting")


def test_the_whole_last_day_is_open() -> None:
    today = local_today("Asia/Shanghai")
    organisation = an_organisation()
    posting = a_posting(organisation, campaign=a_campaign(organisation, opens_on=today, closes_on=today))

    assert apply_to_posting(by=a_person(), posting=posting.pk).posting == posting


@pytest.mark.parametrize(
    ("zone", "opens_at", "closes_at"),
    [
        ("Asia/Shanghai", "2026-02-28T16:00:00+00:00", "2026-03-31T16:00:00+00:00"),
        ("Europe/London", "2026-03-01T00:00:00+00:00", "2026-03-31T23:00:00+00:00"),  # summer time began
        ("America/New_York", "2026-03-01T05:00:00+00:00", "2026-04-01T04:00:00+00:00"),
        ("Asia/Kolkata", "2026-02-28T18:30:00+00:00", "2026-03-31T18:30:00+00:00"),
    ],
)
def test_a_season_is_open_to_the_instant(zone: str, opens_at: str, closes_at: str) -> None:
    campaign = a_campaign(
        an_organisation(), time_zone=zone, opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 31)
    )

    campaign.refresh_from_db()

    assert (campaign.opens_at.isoformat(), campaign.closes_at.isoformat()) == (opens_at, closes_at)


def local_today(zone: str) -> date:
    """Today in a zone, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE %s)::date", [zone])
        [today] = cursor.fetchone()
    assert isinstance(today, date)
    return today
