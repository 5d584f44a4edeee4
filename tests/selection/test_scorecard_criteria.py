"""The lines that scorecards are made of, and their list."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.models import (
    Role,
    Scorecard,
)
from tests.factories import a_member
from tests.selection.test_scorecards import (
    URL,
    a_colleague,
    a_criterion,
    an_application_in_an_interview,
    drafted,
)

pytestmark = pytest.mark.django_db


def test_a_criterion_keeps_its_scale_and_stays_while_it_is_rated() -> None:
    application = an_application_in_an_interview()
    coding = a_criterion(application, "Coding")
    recruiter = a_colleague(application, Role.RECRUITER)
    drafted(recruiter, application, scores=[{"criterion": coding.pk, "score": 1}])
    address = f"/api/v1/scorecard-criteria/{coding.pk}/"

    assert recruiter.patch(address, {"name": "Programming"}).json()["name"] == "Programming"
    assert recruiter.patch(address, {"scale": 9}).json()["errors"][0]["code"] == "unknown_field"
    assert recruiter.delete(address).json()["code"] == "in_use"


@pytest.mark.parametrize("size", [1, 30])
def test_listing_takes_as_many_statements_for_thirty_as_for_one(size: int) -> None:
    application = an_application_in_an_interview()
    for _ in range(size):
        Scorecard.objects.create(
            organisation=application.organisation,
            application=application,
            stage=application.stage,
            interviewer=a_member(application.organisation),
        )
    Scorecard.objects.update(recommendation="yes", submitted_at=application.created_at)
    reader = a_colleague(application, Role.OWNER)

    with CaptureQueriesContext(connection) as queries:
        listed = reader.get(URL).json()["results"]

    assert len(listed) == size
    # token, membership, scorecards, scores
    assert len(queries) == 5
