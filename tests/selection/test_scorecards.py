from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg.types.range import TimestamptzRange
from rest_framework.test import APIClient

from ats.models import (
    Application,
    Assignment,
    Event,
    Interview,
    InterviewSlot,
    Membership,
    Organisation,
    Panellist,
    Role,
    Scorecard,
    ScorecardCriterion,
    Stage,
)
from tests.factories import a_client, a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db
URL = "/api/v1/scorecards/"


def an_application_in_an_interview() -> Application:
    organisation = an_organisation()
    stage = Stage.objects.for_org(organisation).get(kind="interview")
    return an_application(a_posting(organisation), stage=stage)


def a_criterion(application: Application, name: str, **facts: Any) -> ScorecardCriterion:
    return ScorecardCriterion.objects.create(
        organisation=application.organisation, stage=application.stage, name=name, **facts
    )


def a_colleague(
    application: Application, role: Role = Role.INTERVIEWER, *, stages: Iterable[Stage] = ()
) -> APIClient:
    """An interviewer is on the panel, where the application is and at further stages; others are on none."""
    member = a_member(application.organisation, role)
    if role is Role.INTERVIEWER:
        for stage in (application.stage, *stages):
            on_the_panel(member, application, stage)
    return a_client(member.account)


def on_the_panel(member: Membership, application: Application, stage: Stage) -> None:
    """Of the interview at a stage."""
    owned = {"organisation": application.organisation, "stage": stage}
    interview = Interview.objects.filter(application=application, stage=stage).first()
    if interview is None:
        begin = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(hours=InterviewSlot.objects.count())
        during = TimestamptzRange(begin, begin + timedelta(hours=1))
        slot = InterviewSlot.objects.create(**owned, during=during)
        interview = Interview.objects.create(**owned, application=application, slot=slot, during=during)
    assert interview.slot is not None
    Panellist.objects.create(slot=interview.slot, member=member, during=interview.during)


def drafted(client: APIClient, application: Application, **facts: Any) -> str:
    body = {"application": application.pk, "recommendation": "yes", **facts}
    return f"{URL}{client.post(URL, body).json()['id']}/"


def filed(client: APIClient, application: Application, **facts: Any) -> str:
    address = drafted(client, application, **facts)
    assert client.post(f"{address}submit/").status_code == 200
    return address


def test_a_scorecard_is_changed_until_it_is_filed_and_never_afterwards() -> None:
    application = an_application_in_an_interview()
    coding = a_criterion(application, "Coding", scale=5)
    mine = a_colleague(application)

    address = drafted(mine, application, scores=[{"criterion": coding.pk, "score": 2}])
    changed = mine.patch(address, {"scores": [{"criterion": coding.pk, "score": 4}], "comment": "Fast"})
    done = mine.post(f"{address}submit/")
    late = mine.patch(address, {"comment": "Slow"})
    thrown = mine.delete(address)

    assert changed.json()["scores"] == [{"criterion": coding.pk, "score": 4}]
    assert (done.status_code, done.json()["submitted_at"] is None) == (200, False)
    assert [(answer.status_code, answer.json()["code"]) for answer in (late, thrown)] == [
        (409, "scorecard_filed"),
        (409, "scorecard_filed"),
    ]
    assert list(Event.objects.values_list("type", "application", "data")) == [
        (
            "scorecard.filed",
            application.pk,
            {"scorecard": Scorecard.objects.get().pk, "stage": application.stage_id},
        )
    ]


def test_one_interviewer_has_one_scorecard_on_an_application_and_stage() -> None:
    application = an_application_in_an_interview()
    earlier = Stage.objects.get(pipeline=application.stage.pipeline_id, kind="screening")
    mine = a_colleague(application, stages=[earlier])
    drafted(mine, application)

    again = mine.post(URL, {"application": application.pk})
    on_another_stage = mine.post(URL, {"application": application.pk, "stage": earlier.pk})

    assert (again.status_code, again.json()["code"]) == (409, "scorecard_exists")
    assert (on_another_stage.status_code, on_another_stage.json()["stage"]) == (201, earlier.pk)


def test_what_is_required_must_be_rated_on_its_own_scale_before_filing() -> None:
    application = an_application_in_an_interview()
    required = a_criterion(application, "Coding", scale=4)
    optional = a_criterion(application, "Humour", is_required=False)
    elsewhere = a_criterion(an_application_in_an_interview(), "Coding")
    mine = a_colleague(application)
    address = drafted(mine, application, scores=[{"criterion": optional.pk, "score": 5}])

    def refused(scores: list[dict[str, int]]) -> str:
        answer = mine.patch(address, {"scores": scores})
        return str(answer.json()["errors"][0]["code"])

    missing = mine.post(f"{address}submit/").json()
    one = {"criterion": required.pk, "score": 4}

    assert (missing["code"], missing["missing"]) == ("scorecard_incomplete", [required.pk])
    assert refused([one | {"score": 5}]) == "score_off_scale"
    assert refused([one, one]) == "criterion_twice"
    assert refused([{"criterion": elsewhere.pk, "score": 1}]) == "does_not_exist"
    assert mine.patch(address, {"scores": [one]}).status_code == 200
    assert mine.post(f"{address}submit/").status_code == 200


@pytest.mark.parametrize(
    ("role", "mine", "sees"),
    [
        (Role.INTERVIEWER, "none", False),
        (Role.INTERVIEWER, "draft", False),
        (Role.INTERVIEWER, "filed", True),
        (Role.RECRUITER, "none", True),
        (Role.RECRUITER, "draft", False),
        (Role.RECRUITER, "filed", True),
        (Role.OWNER, "none", True),
        (Role.OWNER, "draft", False),
    ],
)
def test_who_has_one_to_file_is_blind_until_it_is_filed(role: Role, mine: str, sees: bool) -> None:
    application = an_application_in_an_interview()
    theirs = filed(a_colleague(application), application)
    reader = a_colleague(application, role)
    if mine != "none":
        {"draft": drafted, "filed": filed}[mine](reader, application)

    listed = [f"{URL}{row['id']}/" for row in reader.get(URL).json()["results"]]
    summary = reader.get(f"{URL}summary/?application={application.pk}").json()

    assert (theirs in listed) is sees
    assert reader.get(theirs).status_code == (200 if sees else 404)
    assert sum(stage["filed"] for stage in summary) == int(sees) + (mine == "filed")


def test_nobody_sees_a_draft_of_somebody_else_and_no_stranger_anything() -> None:
    application = an_application_in_an_interview()
    draft = drafted(a_colleague(application), application)
    done = filed(a_colleague(application), application)
    stranger = a_client(a_member(an_organisation(), Role.OWNER).account)

    assert a_colleague(application, Role.OWNER).get(draft).status_code == 404
    assert stranger.get(done).status_code == 404
    assert stranger.get(f"{URL}summary/?application={application.pk}").status_code == 404
    assert a_colleague(application, Role.VIEWER).get(done).status_code == 403


def test_filing_on_one_stage_opens_no_other() -> None:
    application = an_application_in_an_interview()
    earlier = Stage.objects.get(pipeline=application.stage.pipeline_id, kind="screening")
    there = filed(a_colleague(application, stages=[earlier]), application, stage=earlier.pk)
    here = filed(a_colleague(application), application)
    reader = a_colleague(application)
    filed(reader, application)

    assert reader.get(here).status_code == 200
    assert reader.get(there).status_code == 404


def test_the_summary_is_counted_and_averaged() -> None:
    application = an_application_in_an_interview()
    coding = a_criterion(application, "Coding", scale=5)
    for score, recommendation in [(5, "strong_yes"), (2, "no"), (4, "no")]:
        filed(
            a_colleague(application),
            application,
            recommendation=recommendation,
            scores=[{"criterion": coding.pk, "score": score}],
        )

    summary = a_colleague(application, Role.RECRUITER).get(f"{URL}summary/?application={application.pk}")

    assert summary.json() == [
        {
            "stage": application.stage_id,
            "filed": 3,
            "recommendations": {"strong_yes": 1, "no": 2},
            "criteria": [{"criterion": coding.pk, "scale": 5, "mean": 3.67, "count": 3}],
        }
    ]


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.RECRUITER])
def test_who_throws_the_own_draft_away_stays_blind_and_may_begin_anew(role: Role) -> None:
    application = an_application_in_an_interview()
    theirs = filed(a_colleague(application), application)
    reader = a_colleague(application, role)
    draft = drafted(reader, application, comment="Quick")

    thrown = reader.delete(draft)
    listed, read = reader.get(URL).json()["results"], reader.get(theirs)
    again = reader.post(URL, {"application": application.pk, "recommendation": "no"})
    filed_now = reader.post(f"{URL}{again.json()['id']}/submit/")

    assert (thrown.status_code, listed, read.status_code) == (204, [], 404)
    assert (again.status_code, again.json()["comment"], again.json()["scores"]) == (201, "", [])
    assert (filed_now.status_code, reader.get(theirs).status_code) == (200, 200)


def everybody_sees(member: Membership, application: Application) -> None:
    Organisation.objects.update(interviewers_see_all=True)


def is_on_the_panel(member: Membership, application: Application) -> None:
    on_the_panel(member, application, application.stage)


def looks_after(member: Membership, application: Application) -> None:
    Assignment.objects.create(organisation=member.organisation, application=application, member=member)


def is_a_recruiter(member: Membership, application: Application) -> None:
    Membership.objects.filter(pk=member.pk).update(role=Role.RECRUITER)


@pytest.mark.parametrize(
    ("entitle", "status"),
    [(None, 400), (is_on_the_panel, 201), (looks_after, 201), (everybody_sees, 201), (is_a_recruiter, 201)],
)
def test_who_takes_no_part_judges_nobody(entitle: Any, status: int) -> None:
    application = an_application_in_an_interview()
    member = a_member(application.organisation, Role.INTERVIEWER)
    if entitle:
        entitle(member, application)

    answer = a_client(member.account).post(URL, {"application": application.pk, "recommendation": "yes"})

    assert answer.status_code == status


def test_being_on_the_panel_of_one_stage_lets_nobody_judge_another() -> None:
    application = an_application_in_an_interview()
    earlier = Stage.objects.get(pipeline=application.stage.pipeline_id, kind="screening")
    client = a_colleague(application)

    answer = client.post(URL, {"application": application.pk, "stage": earlier.pk})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_on_the_panel")
