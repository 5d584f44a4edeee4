"""What belongs to applications, as the triage list shows it and chooses by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.models import (
    Application,
    Assessment,
    AssessmentResult,
    Assignment,
    Organisation,
    Stage,
    Tag,
    Tagging,
    Verdict,
)
from tests.factories import (
    a_member,
    a_posting,
    an_application,
    an_education,
    an_institution,
)

pytestmark = pytest.mark.django_db

URL = "/api/v1/applications/"


def listed(client: APIClient, **query: Any) -> list[int]:
    return [row["id"] for row in client.get(URL, query).json()["results"]]


def test_a_row_shows_what_became_of_it(organisation: Organisation, recruiter: APIClient) -> None:
    made, other = an_application(a_posting(organisation)), an_application(a_posting(organisation))
    tags = [_tagged(made, name).pk for name in ("fair", "star")]
    for score, maximum in ((9, 20), (60, 90), (50, 100)):
        _examined(made, score, maximum)
    for outcome in ("eligible", "not_eligible"):
        _judged(made, outcome)
    member = a_member(organisation)
    Assignment.objects.create(organisation=organisation, application=made, member=member)

    rows = {row["id"]: row for row in recruiter.get(URL).json()["results"]}

    found = {name: rows[made.pk][name] for name in ("tags", "score", "verdict", "member")}
    assert found == {"tags": tags, "score": 66.67, "verdict": "not_eligible", "member": member.pk}
    assert listed(recruiter, tag=tags[0]) == [made.pk]
    assert listed(recruiter, member=member.pk) == [made.pk]
    assert [listed(recruiter, score_least=s) for s in ("66.6", "66.7", "0")] == [[made.pk], [], [made.pk]]
    assert [listed(recruiter, score_most=s) for s in ("66.6", "66.7", "100")] == [[], [made.pk], [made.pk]]
    assert listed(recruiter, verdict="not_eligible") == [made.pk]
    assert listed(recruiter, verdict="eligible") == []
    assert other.pk in rows


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("taggings", lambda o: {"tag": Tag.objects.create(organisation=o, name="fair").pk}),
        ("assignments", lambda o: {"member": a_member(o).pk}),
    ],
)
def test_what_the_list_shows_can_be_tagged_and_given_away_together(
    path: str, more: Callable[[Organisation], Any], organisation: Organisation, recruiter: APIClient
) -> None:
    posting = a_posting(organisation)
    meant = [an_application(posting).pk for _ in range(3)]
    an_application(a_posting(organisation))
    body = {"filter": {"posting": posting.pk}, **more(organisation)}

    answer = recruiter.post(f"/api/v1/{path}/", body).json()
    unclear = recruiter.post(f"/api/v1/{path}/", body | {"applications": meant}).json()

    assert answer["items"] == [{"application": pk, "result": "done"} for pk in meant]
    assert unclear["errors"][0]["code"] == "one_of_two"


def _tagged(application: Application, name: str) -> Tag:
    tag, _made = Tag.objects.get_or_create(organisation=application.organisation, name=name)
    Tagging.objects.create(organisation=application.organisation, application=application, tag=tag)
    return tag


def _examined(application: Application, score: float, maximum: int) -> None:
    owned = {"organisation": application.organisation}
    test = Assessment.objects.create(
        **owned, stage=application.stage, name=f"Out of {maximum}", maximum=maximum
    )
    AssessmentResult.objects.create(
        **owned, assessment=test, application=application, external_id="1", score=score
    )


def _judged(application: Application, outcome: str) -> None:
    Verdict.objects.create(
        organisation=application.organisation,
        application=application,
        outcome=outcome,
        rule_sets=[],
        document={},
    )


def test_ids_choose_what_they_name(organisation: Organisation, recruiter: APIClient) -> None:
    posting = a_posting(organisation)
    screening = Stage.objects.for_org(organisation).get(name="Screening")
    school = an_institution()
    here, there = an_application(posting), an_application(a_posting(organisation), stage=screening)
    an_education(there.candidate, institution=school)

    assert listed(recruiter, posting=posting.pk) == [here.pk]
    assert listed(recruiter, stage=screening.pk) == [there.pk]
    assert listed(recruiter, campaign=there.campaign_id) == [there.pk]
    assert listed(recruiter, candidate=here.candidate_id) == [here.pk]
    assert listed(recruiter, institution=school.pk) == [there.pk]
