"""A window that a feed's text names becomes a rule when a recruiter accepts it, and not before."""

from __future__ import annotations

from typing import Any

import pytest

from ats.models import Department, Event, RuleSet
from tests.eligibility.rules import WINDOW_2026, rules_of
from tests.factories import a_client, a_member, a_posting, an_organisation

pytestmark = pytest.mark.django_db

PROPOSED = {
    "kind": "graduation_window",
    "params": {"ranges": [{"from": "2026-12-01", "to": "2027-06-30"}]},
}


def proposals(client: Any, campaign: int) -> Any:
    return client.get(f"/api/v1/rules/proposals/?campaign={campaign}").json()["results"]


def test_a_window_in_the_text_is_proposed_and_changes_nothing() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation, graduation="Dec 2026 - Jun 2027")
    campaign = posting.campaign
    a_posting(organisation, campaign=campaign, graduation="internship eligible")
    a_posting(organisation, campaign=campaign, graduation="2027届", state="closed")
    research = Department.objects.create(organisation=organisation, name="Research")
    a_posting(organisation, department=research, campaign=campaign, graduation="2028届")
    of_2028 = {"kind": "graduation_window", "params": {"ranges": [{"from": "2028-01", "to": "2028-12"}]}}
    rules_of(research, of_2028)
    decided = a_posting(organisation, campaign=campaign, graduation="2027届")
    rules_of(decided, {"all": []})
    client = a_client(a_member(organisation).account)

    found = proposals(client, campaign.pk)

    assert found == [
        {
            "posting": posting.pk,
            "title": posting.title,
            "text": "Dec 2026 - Jun 2027",
            "tree": PROPOSED,
            "sentence": {
                "en": "Required: graduation from December 2026 to June 2027.",
                "zh": "要求：2026年12月至2027年6月毕业。",
            },
        }
    ]
    assert RuleSet.objects.filter(posting=posting).count() == 0


def test_what_is_accepted_is_a_version_of_the_posting_s_rules() -> None:
    organisation = an_organisation()
    posting = a_posting(organisation, graduation="Dec 2026 - Jun 2027")
    recruiter = a_member(organisation)
    client = a_client(recruiter.account)

    answer = client.post("/api/v1/rules/proposals/accept/", {"postings": [posting.pk]})
    again = client.post("/api/v1/rules/proposals/accept/", {"postings": [posting.pk]})

    saved = RuleSet.objects.get()
    assert answer.status_code == 201
    assert [row["id"] for row in answer.json()["results"]] == [saved.pk]
    assert (saved.posting_id, saved.version, saved.tree) == (posting.pk, 1, PROPOSED)
    assert (again.status_code, again.json()["code"]) == (400, "no_proposal")
    assert proposals(client, posting.campaign_id) == []
    [event] = Event.objects.filter(type="rules.saved")
    assert (event.actor_id, event.posting_id) == (recruiter.pk, posting.pk)


def test_of_several_none_is_saved_when_one_cannot_be() -> None:
    organisation = an_organisation()
    good = a_posting(organisation, graduation="2027届")
    excluded = a_posting(organisation, graduation="2028届")
    rules_of(excluded.campaign, WINDOW_2026)
    before = RuleSet.objects.count()
    client = a_client(a_member(organisation).account)

    answer = client.post("/api/v1/rules/proposals/accept/", {"postings": [good.pk, excluded.pk]})

    assert (answer.status_code, answer.json()["code"]) == (400, "nobody_can_meet")
    assert answer.json()["errors"][0]["pointer"] == "/postings"
    assert RuleSet.objects.count() == before
