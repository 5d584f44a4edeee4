from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.applications.moves import move_applications
from ats.models import (
    Application,
    ApplicationState,
    Assessment,
    AssessmentResult,
    Event,
    Membership,
    Requirement,
    Role,
    Scorecard,
    Stage,
    Transition,
)
from tests.factories import a_client, a_member, a_posting, an_application, an_organisation
from tests.selection.test_scorecards import looks_after

pytestmark = pytest.mark.django_db
URL = "/api/v1/assessment-results/"


def a_test_taker() -> Application:
    organisation = an_organisation()
    stage = Stage.objects.for_org(organisation).get(kind="assessment")
    return an_application(a_posting(organisation), stage=stage)


def an_assessment(application: Application, **facts: Any) -> Assessment:
    named = {"name": "Coding", "maximum": 100, "threshold": 60, **facts}
    return Assessment.objects.create(organisation=application.organisation, stage=application.stage, **named)


def a_system(application: Application, role: Role = Role.RECRUITER) -> APIClient:
    return a_client(a_member(application.organisation, role).account)


def test_a_result_is_kept_once_however_often_it_is_sent_and_a_correction_is_told() -> None:
    application = a_test_taker()
    assessment = an_assessment(application)
    system = a_system(application)
    sent = {"assessment": assessment.pk, "application": application.pk, "external_id": "nk-1"}

    first = system.post(URL, {**sent, "score": 59.5})
    again = system.post(URL, {**sent, "score": "59.50"})
    corrected = system.post(URL, {**sent, "score": 60})

    assert [answer.status_code for answer in (first, again, corrected)] == [201, 200, 200]
    assert first.json() == again.json()
    assert [(a.json()["score"], a.json()["is_passed"]) for a in (first, corrected)] == [
        ("59.50", False),
        ("60.00", True),
    ]
    data = {"assessment": assessment.pk, "result": AssessmentResult.objects.get().pk}
    assert list(Event.objects.values_list("type", "application", "data")) == [
        ("assessment.result_filed", application.pk, {**data, "is_passed": False}),
        ("assessment.result_filed", application.pk, {**data, "is_passed": True}),
    ]
    application.refresh_from_db()
    assert application.state == ApplicationState.ACTIVE


def test_a_result_stays_with_its_application_and_on_its_scale() -> None:
    application = a_test_taker()
    other = an_application(application.posting, stage=application.stage)
    assessment = an_assessment(application, maximum=50, threshold=None)
    system = a_system(application)
    sent = {"assessment": assessment.pk, "application": application.pk, "external_id": "nk-1", "score": 50}

    made = system.post(URL, sent)
    elsewhere = system.post(URL, {**sent, "application": other.pk})
    too_many = system.post(URL, {**sent, "score": 51})

    assert (made.status_code, made.json()["is_passed"]) == (201, None)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "result_of_other_application")
    assert (too_many.status_code, too_many.json()["code"]) == (400, "score_off_scale")


def test_recruiters_report_interviewers_read_and_strangers_find_nothing() -> None:
    application = a_test_taker()
    assessment = an_assessment(application)
    sent = {"assessment": assessment.pk, "application": application.pk, "external_id": "1", "score": 1}
    row = a_system(application).post(URL, sent).json()

    member = a_member(application.organisation, Role.INTERVIEWER)
    looks_after(member, application)
    interviewer = a_client(member.account)
    assert interviewer.get(f"{URL}{row['id']}/").json() == row
    assert interviewer.post(URL, sent).status_code == 403
    assert a_system(application, Role.VIEWER).get(URL).status_code == 403
    stranger = a_client(a_member(an_organisation()).account)
    assert stranger.get(f"{URL}{row['id']}/").status_code == 404
    assert stranger.post(URL, sent).status_code == 400


def required(application: Application, requirement: Requirement) -> tuple[Membership, Transition]:
    edge = Transition.objects.filter(from_stage=application.stage).earliest("pk")
    edge.requires = [requirement.value]
    edge.save()
    return a_member(application.organisation), edge


def test_an_edge_may_require_a_passed_test() -> None:
    application = a_test_taker()
    assessment = an_assessment(application)
    by, edge = required(application, Requirement.ASSESSMENT)
    result = AssessmentResult.objects.create(
        organisation=by.organisation,
        assessment=assessment,
        application=application,
        external_id="1",
        score=59,
    )

    def attempt() -> str:
        return move_applications(by=by, applications=[application.pk], to_stage=edge.to_stage_id)[1][0].result

    failed = attempt()
    AssessmentResult.objects.filter(pk=result.pk).update(score=60)
    passed = attempt()

    assert (failed, passed) == ("assessment_required", "moved")


def test_an_edge_may_require_a_scorecard_that_is_filed() -> None:
    application = a_test_taker()
    by, edge = required(application, Requirement.SCORECARD)
    card = Scorecard.objects.create(
        organisation=by.organisation,
        application=application,
        stage=application.stage,
        interviewer=by,
        recommendation="no",
    )

    def attempt() -> str:
        return move_applications(by=by, applications=[application.pk], to_stage=edge.to_stage_id)[1][0].result

    drafted = attempt()
    Scorecard.objects.filter(pk=card.pk).update(submitted_at=application.created_at)
    filed = attempt()

    assert (drafted, filed) == ("scorecard_required", "moved")
