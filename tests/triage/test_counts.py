"""The numbers of the board: kept by the database in the statements that move applications."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from ats.models import Application, ApplicationState, Organisation, Posting, Stage, StageTally, Track
from ats.triage.counts import MOST, fold_tallies
from tests.factories import a_candidate, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db

URL = "/api/v1/applications/counts/"


def counted(client: APIClient, **query: Any) -> dict[tuple[int, str], int]:
    rows = client.get(URL, query).json()["results"]
    return {(row["stage"], row["state"]): row["count"] for row in rows}


def grouped(**facts: Any) -> dict[tuple[int, str], int]:
    """The same by counting."""
    numbers: dict[tuple[int, str], int] = {}
    for stage, state in Application.objects.filter(**facts).values_list("stage", "state"):
        numbers[stage, state] = numbers.get((stage, state), 0) + 1
    return numbers


Deed = Callable[[Posting, QuerySet[Application], Stage, ApplicationState], object]
DEEDS: dict[str, Deed] = {
    "apply": lambda posting, some, stage, state: an_application(posting, stage=stage),
    "move": lambda posting, some, stage, state: some.update(stage=stage),
    "reject": lambda posting, some, stage, state: some.update(state=state),
    "delete": lambda posting, some, stage, state: some.delete(),
    "touch": lambda posting, some, stage, state: some.update(source="fair"),
    "fold": lambda posting, some, stage, state: fold_tallies(),
}
STEPS = st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 5), st.integers(0, 3)), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_kept_numbers_are_the_counted_ones_whatever_happens(
    steps: list[tuple[str, int, int]], organisation: Organisation, recruiter: APIClient
) -> None:
    Application.objects.all().delete()
    posting = a_posting(organisation)
    stages = list(Stage.objects.filter(pipeline=posting.pipeline)[:4])
    for what, one, place in steps:
        ids = list(Application.objects.order_by("pk").values_list("pk", flat=True)[: one + 1])
        DEEDS[what](
            posting, Application.objects.filter(pk__in=ids), stages[place], list(ApplicationState)[place]
        )

    assert counted(recruiter) == grouped()


def test_folding_leaves_one_row_for_each_place(organisation: Organisation, recruiter: APIClient) -> None:
    posting = a_posting(organisation)
    for _ in range(5):
        an_application(posting)
    before = counted(recruiter)

    written = fold_tallies()

    assert written == StageTally.objects.count() == 1
    assert counted(recruiter) == before
    assert fold_tallies() == 0


def test_numbers_are_narrowed_by_campaign_and_track(organisation: Organisation, recruiter: APIClient) -> None:
    track = Track.objects.for_org(organisation).get(code="security")
    one, other = a_posting(organisation), a_posting(organisation, track=track)
    for posting in (one, one, other):
        an_application(posting)

    assert counted(recruiter, campaign=one.campaign_id) == grouped(campaign=one.campaign)
    assert counted(recruiter, track="security") == grouped(track=track)


def test_numbers_are_ones_own(recruiter: APIClient) -> None:
    foreign = an_application(a_posting(an_organisation()))

    assert counted(recruiter) == {}
    assert counted(recruiter, campaign=foreign.campaign_id) == {}


@pytest.mark.parametrize("rows", [1, 30])
def test_reading_the_numbers_takes_three_statements(
    rows: int, organisation: Organisation, recruiter: APIClient
) -> None:
    posting = a_posting(organisation)
    for _ in range(rows):
        an_application(posting)

    with CaptureQueriesContext(connection) as captured:
        recruiter.get(URL)

    assert len(captured) == 3


@pytest.mark.parametrize(
    ("rows", "shown"), [(3, 3), (MOST, MOST), (MOST + 1, MOST + 1), (MOST + 5, MOST + 1)]
)
def test_a_filtered_list_is_counted_up_to_the_cap(
    rows: int, shown: int, organisation: Organisation, recruiter: APIClient
) -> None:
    postings = [a_posting(organisation) for _ in range(5)]
    first = an_application(postings[0], source="fair")
    people = [a_candidate(organisation) for _ in range(rows // 5 + 1)]
    Application.objects.bulk_create(
        Application(
            organisation=organisation,
            campaign=posting.campaign,
            posting=posting,
            track=posting.track,
            stage=first.stage,
            candidate=person,
            source="fair",
        )
        for n, (person, posting) in enumerate((one, each) for one in people for each in postings)
        if n < rows - 1
    )

    assert recruiter.get("/api/v1/applications/count/", {"source": "fair"}).json() == {"count": shown}
    assert recruiter.get("/api/v1/applications/count/", {"source": "web"}).json() == {"count": 0}
