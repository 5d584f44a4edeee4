"""A season is judged again in parts."""

from __future__ import annotations

import pytest

from ats.eligibility.verdicts import rejudge as rejudging
from ats.models import Application, Event, Outcome, Posting, Verdict
from tests.eligibility.rules import WINDOW_2026, WINDOW_2027, rules_of
from tests.factories import (
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_application,
    an_education,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def an_applicant(posting: Posting, graduation: str) -> Application:
    candidate = a_candidate(posting.organisation)
    an_education(candidate, graduation=graduation)
    return an_application(posting, candidate, graduation=graduation)


def test_a_call_goes_on_where_the_last_one_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejudging, "MOST", 3)
    monkeypatch.setattr(rejudging, "BATCH", 2)
    organisation = an_organisation()
    first, second = a_posting(organisation), a_posting(organisation)
    Posting.objects.filter(pk=second.pk).update(campaign=first.campaign)
    rules = rules_of(first.campaign, WINDOW_2026)
    rows = [an_applicant(posting, "2026-06") for _ in range(2) for posting in (second, first)]
    client = a_client(a_member(organisation).account)
    address = f"/api/v1/rules/{rules.pk}/rejudge/"

    done = client.post(address).json()
    rest = client.post(address, {"after": done["next"]}).json()

    assert done == {
        "judged": 3,
        "changed": [],
        "next": {"posting": second.pk, "application": rows[0].pk},
    }
    assert rest == {"judged": 1, "changed": [], "next": None}
    assert Verdict.objects.filter(application__in=rows, outcome=Outcome.ELIGIBLE).count() == 4


def test_only_whoever_is_not_eligible_leaves_an_event() -> None:
    posting = a_posting(an_organisation())
    rules = rules_of(posting, WINDOW_2027)
    late, _good = an_applicant(posting, "2026-06"), an_applicant(posting, "2027-06")
    client = a_client(a_member(posting.organisation).account)

    report = client.post(f"/api/v1/rules/{rules.pk}/rejudge/").json()

    assert report["changed"] == [{"application": late.pk, "before": "", "after": "not_eligible"}]
    assert Event.objects.filter(type="application.judged").count() == 1
