"""What the open postings of an employer say to somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.models import Account, Candidate, Event, Posting, PostingState, Verdict
from tests.eligibility.rules import BACHELOR, WINDOW_2026, WINDOW_2027, rules_of
from tests.factories import a_client, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db

PROFILE = {
    "basics": {"name": "Li Na"},
    "education": [{"institution": "A school", "studyType": "Bachelor", "endDate": "2026-06"}],
    "languageTests": [{"test": "cet4", "score": 500}],
}
MASTER = {"kind": "degree", "params": {"least": "master"}}
CET4 = {"kind": "language_test", "params": {"test": "cet4", "least": 425}}


def postings_for(person: Account, posting: Posting) -> Any:
    address = f"/api/v1/me/postings/?organisation={posting.organisation.slug}"
    return a_client(person).get(address).json()


def test_my_list_says_which_postings_accept_me_which_nearly_do_and_why() -> None:
    organisation = an_organisation()
    free, masters, later, hidden = (a_posting(organisation) for _ in range(4))
    rules_of(free, {"all": [WINDOW_2026, BACHELOR, CET4]})
    rules_of(masters, {"all": [WINDOW_2026, MASTER]})
    rules_of(later, {"all": [WINDOW_2027, MASTER]})
    Posting.objects.filter(pk=hidden.pk).update(state=PostingState.PAUSED)
    a_posting(an_organisation())

    found = postings_for(an_account(profile=PROFILE), free)

    [nearly] = found.pop("nearly")
    assert found == {
        "accepting_count": 1,
        "nearly_count": 1,
        "others_count": 1,
        "accepting": [{"id": free.pk, "title": free.title, "title_zh": ""}],
    }
    assert (nearly["id"], [rule["code"] for rule in nearly["rules"]]) == (masters.pk, ["degree_too_low"])


def test_looking_stores_nothing() -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, WINDOW_2026)
    before = Event.objects.count()

    postings_for(an_account(profile=PROFILE), posting)

    assert (Candidate.objects.count(), Verdict.objects.count(), Event.objects.count()) == (0, 0, before)


def move_to_masters(posting: Posting) -> None:
    other = a_posting(posting.organisation, state="draft").campaign
    rules_of(other, MASTER)
    Posting.objects.filter(pk=posting.pk).update(campaign=other)


def change_rules(posting: Posting) -> None:
    rules_of(posting, MASTER)


def change_rules_of_the_campaign(posting: Posting) -> None:
    rules_of(posting.campaign, MASTER)


def close(posting: Posting) -> None:
    Posting.objects.filter(pk=posting.pk).update(state=PostingState.CLOSED)


CHANGES = [change_rules, change_rules_of_the_campaign, close, move_to_masters]


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_compiled_rules_are_those_of_now(change: Callable[[Posting], None]) -> None:
    posting = a_posting(an_organisation())
    rules_of(posting, WINDOW_2026)
    person = an_account(profile=PROFILE)
    before = postings_for(person, posting)["accepting_count"]

    change(posting)

    assert (before, postings_for(person, posting)["accepting_count"]) == (1, 0)


def test_rules_are_read_and_compiled_once() -> None:
    organisation = an_organisation()
    postings = [a_posting(organisation) for _ in range(3)]
    for posting in postings:
        rules_of(posting, WINDOW_2026)
    person = an_account(profile=PROFILE)

    with CaptureQueriesContext(connection) as first:
        postings_for(person, postings[0])
    with CaptureQueriesContext(connection) as again:
        postings_for(person, postings[0])

    assert [sum("ats_ruleset" in row["sql"] for row in queries) for queries in (first, again)] == [2, 1]


def test_an_organisation_that_is_not_there_is_not_found() -> None:
    answer = a_client(an_account()).get("/api/v1/me/postings/?organisation=nobody")

    assert (answer.status_code, answer.json()["code"]) == (404, "organisation_not_found")
