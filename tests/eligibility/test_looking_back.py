"""Rules on what somebody applied to before, of which the public check is told in their own words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ats.models import Interview, InterviewSlot, InterviewState
from tests.eligibility.rules import rules_of
from tests.factories import (
    a_candidate,
    a_client,
    a_posting,
    an_account,
    an_application,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def check(facts: dict[str, Any], **scope: Any) -> Any:
    return a_client().post("/api/v1/eligibility/check", {"facts": facts, **scope}).json()


def days_ago(count: int) -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=count)


@pytest.mark.parametrize(
    ("rule", "days", "free"),
    [
        ({"kind": "application_limit", "params": {"most": 2, "days": 30}}, [40, 20, 10, 5], 20),
        ({"kind": "wait_after_rejection", "params": {"days": 30}}, [20, 10], 21),
    ],
)
def test_what_looks_back_says_from_which_day_on_one_may_apply(rule: Any, days: list[int], free: int) -> None:
    organisation = an_organisation()
    posting, other = a_posting(organisation), a_posting(organisation)
    rules_of(posting, rule | {"params": {**rule["params"], "scope": "campaign"}})
    siblings = [a_posting(organisation, campaign=posting.campaign) for _ in days]
    when = [(row.pk, days_ago(count)) for row, count in zip(siblings, days, strict=True)]
    past = [
        {"posting": pk, "applied_on": str(day), "state": "rejected", "ended_on": str(day)}
        for pk, day in [*when, (other.pk, days_ago(0))]
    ]

    found = check({"applications": past}, posting=posting.pk)

    day = days_ago(0) + timedelta(days=free)
    assert found["rules"][0]["remedy"]["en"] == f"You may apply from {day.day} {day:%B %Y}."


LOOKING_BACK = [
    {"kind": "application_limit", "params": {"most": 1, "days": 30, "scope": "organisation"}},
    {"kind": "wait_after_rejection", "params": {"days": 30, "scope": "organisation"}},
]


@pytest.mark.parametrize("rule", LOOKING_BACK, ids=lambda rule: rule["kind"])
def test_a_period_that_the_calendar_has_no_end_of_ends_on_its_last_day(rule: Any) -> None:
    organisation = an_organisation()
    posting, other = a_posting(organisation), a_posting(organisation)
    rules_of(posting, rule)
    past = {"posting": other.pk, "applied_on": "9999-12-30", "state": "rejected", "ended_on": "9999-12-31"}

    found = check({"applications": [past]}, posting=posting.pk)

    assert (found["outcome"], found["rules"][0]["remedy"]["en"]) == (
        "not_eligible",
        "You may apply from 31 December 9999.",
    )


def test_of_two_applications_to_one_posting_both_count() -> None:
    organisation = an_organisation()
    posting, other = a_posting(organisation), a_posting(organisation)
    rules_of(posting, {"kind": "application_limit", "params": {"most": 2, "scope": "organisation"}})
    past = {"posting": other.pk, "applied_on": str(days_ago(9)), "state": "withdrawn"}

    found = check({"applications": [past, past]}, posting=posting.pk)

    assert (found["outcome"], found["rules"][0]["code"]) == ("not_eligible", "application_limit_reached")


def test_a_rejection_on_a_day_that_is_not_told_asks_for_it() -> None:
    organisation = an_organisation()
    posting, other = a_posting(organisation), a_posting(organisation)
    rules_of(posting, {"kind": "wait_after_rejection", "params": {"days": 30, "scope": "organisation"}})
    past = {"posting": other.pk, "applied_on": str(days_ago(9)), "state": "rejected"}

    found = check({"applications": [past]}, posting=posting.pk)

    assert (found["outcome"], found["rules"][0]["code"]) == ("not_eligible", "rejected_when_unknown")


def test_a_wait_after_an_interview_begins_on_the_day_that_it_was_held() -> None:
    organisation = an_organisation()
    posting, other = a_posting(organisation), a_posting(organisation)
    rules_of(posting, {"kind": "wait_after_interview", "params": {"days": 30, "scope": "organisation"}})
    person = an_account(profile={"basics": {"name": "Li Na"}})
    application = an_application(other, a_candidate(organisation, account=person))
    held = datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(days=10)
    during = DateTimeTZRange(held - timedelta(hours=1), held)
    slot = InterviewSlot.objects.create(organisation=organisation, stage=application.stage, during=during)
    Interview.objects.create(
        organisation=organisation,
        application=application,
        stage=application.stage,
        slot=slot,
        during=during,
        state=InterviewState.CONFIRMED,
    )

    answer = a_client(person).post("/api/v1/me/applications/", {"posting": posting.pk}).json()

    [rule] = answer["verdict"]["rules"]
    day, free = days_ago(10), days_ago(10) + timedelta(days=31)
    assert rule["code"] == "interviewed_too_recently"
    assert rule["sentence"]["en"] == (
        f"Your last interview was on {day.day} {day:%B %Y}; asked is no interview with this employer"
        " within the last 30 days."
    )
    assert rule["remedy"]["en"] == f"You may apply from {free.day} {free:%B %Y}."
