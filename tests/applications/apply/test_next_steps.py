"""What happens next, and by when, as the candidate is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from ats.models import Application, Interview, InterviewSlot, Offer, Panellist, Stage
from tests.factories import a_client, a_member, a_posting, an_account, an_organisation

pytestmark = pytest.mark.django_db

START = now().replace(microsecond=0) + timedelta(days=3)


def an_applicant() -> tuple[Any, Application]:
    client = a_client(an_account(profile={"basics": {"name": "李娜"}}))
    client.post("/api/v1/me/applications/", {"posting": a_posting(an_organisation()).pk})
    return client, Application.objects.get()


def an_interview(application: Application, state: str) -> None:
    stage = Stage.objects.get(pipeline=application.posting.pipeline, kind="interview")
    during = (START, START + timedelta(hours=1))
    slot = InterviewSlot.objects.create(organisation=application.organisation, stage=stage, during=during)
    Panellist.objects.create(slot=slot, member=a_member(application.organisation), during=during)
    Application.objects.filter(pk=application.pk).update(stage=stage)
    booked = {} if state == "invited" else {"slot": slot, "during": during}
    Interview.objects.create(
        organisation=application.organisation, application=application, stage=stage, state=state, **booked
    )


def told(client: Any) -> tuple[str, datetime | None] | None:
    [row] = client.get("/api/v1/me/applications/").json()["results"]
    step = row["next"]
    return step and (step["code"], step["by"] and datetime.fromisoformat(step["by"]))


def test_who_has_applied_awaits_a_decision() -> None:
    client, _application = an_applicant()

    assert told(client) == ("await_decision", None)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("invited", ("choose_slot", START)),
        ("scheduled", ("confirm_interview", START)),
        ("confirmed", ("attend_interview", START)),
        ("cancelled", ("await_decision", None)),
    ],
)
def test_an_interview_is_chosen_confirmed_and_attended(state: str, step: tuple[str, datetime | None]) -> None:
    client, application = an_applicant()
    an_interview(application, state)

    assert told(client) == step


def test_an_offer_is_answered_before_its_deadline() -> None:
    client, application = an_applicant()
    an_interview(application, "confirmed")
    Offer.objects.create(
        organisation=application.organisation, application=application, state="extended", deadline=START
    )

    assert told(client) == ("answer_offer", START)


def test_of_a_withdrawn_application_nothing_comes() -> None:
    client, application = an_applicant()

    client.post(f"/api/v1/me/applications/{application.pk}/withdraw/")

    assert told(client) is None
