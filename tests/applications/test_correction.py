"""Correcting an application: what may change, until when, and that no version is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from ats.models import (
    Account,
    Application,
    ApplicationVersion,
    Campaign,
    Delivery,
    Event,
    Membership,
    Organisation,
    Role,
)
from ats.postings.questions.saving import save_questions
from tests.applications.moves.test_decisions import reject
from tests.factories import (
    a_campaign,
    a_client,
    a_member,
    a_posting,
    a_resume,
    an_account,
    an_organisation,
)

pytestmark = pytest.mark.django_db

PROFILE = {"basics": {"name": "李娜"}}


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return a_campaign(organisation)


@pytest.fixture
def account() -> Account:
    return an_account(profile=PROFILE)


@pytest.fixture
def recruiter(organisation: Organisation) -> Membership:
    return a_member(organisation, Role.RECRUITER)


def applied(account: Account, campaign: Campaign, **body: Any) -> Application:
    posting = a_posting(campaign.organisation, campaign=campaign)
    made = a_client(account).post("/api/v1/me/applications/", {"posting": posting.pk, **body})
    return Application.objects.get(pk=made.json()["id"])


def corrected(account: Account, application: Application, **body: Any) -> Any:
    return a_client(account).patch(f"/api/v1/me/applications/{application.pk}/", body)


def code(answer: Any) -> str:
    problem = answer.json()
    return str(problem.get("code") or problem["errors"][0]["code"])


def test_a_correction_replaces_what_is_named_and_keeps_what_was_there(
    account: Account, campaign: Campaign, recruiter: Membership
) -> None:
    first, second = (a_resume(account).pk for _ in range(2))
    application = applied(account, campaign, preference=2, resume=first)

    answer = corrected(account, application, preference=1, resume=second)

    assert answer.status_code == 200
    assert (answer.json()["preference"], answer.json()["resume"]) == (1, second)
    seen = a_client(recruiter.account).get(f"/api/v1/applications/{application.pk}/").json()
    assert (seen["preference"], seen["resume"]) == (1, second)
    version = ApplicationVersion.objects.get()
    assert [{**row, "created_at": None} for row in seen["versions"]] == [
        {"created_at": None, "preference": 2, "resume": first, "question_set": None, "answers": {}}
    ]
    event = Event.objects.get(type="application.corrected")
    assert (event.actor, event.application) == (None, application)
    assert event.data == {"version": version.pk, "fields": ["preference", "resume"]}


def test_a_correction_without_a_difference_writes_nothing(account: Account, campaign: Campaign) -> None:
    application = applied(account, campaign, preference=2)

    answer = corrected(account, application, preference=2)

    assert answer.status_code == 200
    assert not ApplicationVersion.objects.exists()
    assert not Event.objects.filter(type="application.corrected").exists()


def test_answers_are_checked_as_when_applying(
    account: Account, campaign: Campaign, recruiter: Membership
) -> None:
    application = applied(account, campaign)
    question = {
        "key": "why",
        "kind": "text",
        "label": "Why?",
        "label_zh": "",
        "required": True,
        "options": [],
    }
    save_questions(by=recruiter, posting=application.posting, questions=[question])

    assert code(corrected(account, application, answers={})) == "answer_missing"
    assert corrected(account, application, answers={"why": "Compilers."}).status_code == 200

    application.refresh_from_db()
    assert application.answers == {"why": "Compilers."}
    assert application.question_set == application.posting.question_set


def test_a_rank_that_another_application_has_is_refused(account: Account, campaign: Campaign) -> None:
    applied(account, campaign, preference=1)
    application = applied(account, campaign, preference=2)

    assert code(corrected(account, application, preference=1)) == "preference_taken"


def test_a_foreign_resume_is_refused(account: Account, campaign: Campaign) -> None:
    application = applied(account, campaign)

    answer = corrected(account, application, resume=a_resume(an_account()).pk)

    assert code(answer) == "resume_unknown"


def test_nothing_is_corrected_after_the_season(account: Account, campaign: Campaign) -> None:
    application = applied(account, campaign)
    yesterday = timezone.now().date() - timedelta(days=2)
    Campaign.objects.update(opens_on=yesterday - timedelta(days=9), closes_on=yesterday)

    assert code(corrected(account, application, preference=1)) == "campaign_closed"


def test_nobody_corrects_the_application_of_another(account: Account, campaign: Campaign) -> None:
    application = applied(account, campaign)

    assert corrected(an_account(), application, preference=1).status_code == 404


def test_a_correction_does_not_give_away_a_rejection(
    account: Account, campaign: Campaign, recruiter: Membership
) -> None:
    application = applied(account, campaign)
    reject(recruiter, application)

    before = corrected(account, application, preference=1)
    Delivery.objects.filter(event__type="application.rejected").update(state="sent", settled_at=Now())
    after = corrected(account, application, preference=2)

    assert (before.status_code, before.json()["state"]) == (200, "active")
    assert (after.status_code, code(after)) == (409, "not_active")
