from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.models import Posting
from tests.eligibility.rules import BACHELOR, WINDOW_2026, WINDOW_2027, rules_of
from tests.factories import (
    a_candidate,
    a_client,
    a_member,
    a_posting,
    an_education,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def a_small_season() -> list[Posting]:
    """Three postings of a campaign; five candidates, one of whom has told nothing."""
    organisation = an_organisation()
    first = a_posting(organisation)
    postings = [first, *(a_posting(organisation, campaign=first.campaign) for _ in range(2))]
    rules_of(first.campaign, BACHELOR)
    rules_of(postings[0], WINDOW_2026)
    rules_of(postings[1], WINDOW_2027)
    for month, degree in [("2026-06", 3), ("2026-06", 4), ("2027-06", 3), ("2027-06", 2)]:
        an_education(a_candidate(organisation), graduation=month, degree=degree)
    a_candidate(organisation)
    an_education(a_candidate(an_organisation()))
    return postings


def test_every_posting_is_counted_in_one_statement() -> None:
    postings = a_small_season()
    recruiter = a_client(a_member(postings[0].organisation).account)
    address = f"/api/v1/rules/counts/?campaign={postings[0].campaign_id}"

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = recruiter.get(address).json()["results"]

    assert [tuple(row.values()) for row in found] == [
        (postings[0].pk, 2, 2, 1),
        (postings[1].pk, 1, 3, 1),
        (postings[2].pk, 3, 1, 1),
    ]
    assert sum("ats_candidate" in query["sql"] for query in queries) == 1


def test_a_posting_without_rules_takes_everybody() -> None:
    posting = a_posting(an_organisation())
    recruiter = a_client(a_member(posting.organisation).account)
    a_candidate(posting.organisation)

    found = recruiter.get(f"/api/v1/rules/counts/?campaign={posting.campaign_id}").json()["results"]

    assert found == [{"posting": posting.pk, "eligible": 1, "not_eligible": 0, "unknown": 0}]


def test_candidates_are_filtered_by_whom_a_posting_takes() -> None:
    postings = a_small_season()
    recruiter = a_client(a_member(postings[0].organisation).account)
    stranger = a_client(a_member(an_organisation()).account)
    address = f"/api/v1/candidates/?eligible_for={postings[0].pk}"

    found = recruiter.get(address).json()["results"]

    assert [row["educations"][0]["degree"] for row in found] == [4, 3]
    assert stranger.get(address).json()["results"] == []
