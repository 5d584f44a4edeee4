"""What candidates answer to an interview, and how one ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from psycopg.types.range import TimestamptzRange
from rest_framework.test import APIClient

from ats.models import (
    Account,
    Application,
    Candidate,
    Event,
    Interview,
    InterviewSlot,
    Membership,
    Stage,
)
from ats.people.duplicates import merge
from ats.selection.interviews.scheduling import Booked, arrange
from tests.factories import a_candidate, a_client, an_account
from tests.selection.interviews.interviewing import DAY, Scene, at

pytestmark = pytest.mark.django_db
MINE = "/api/v1/me/interviews/"


class Appointment:
    """A candidate who has the first of two slots."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.first, self.second = self.scene.slots(2)
        self.person: Account = an_account()
        self.application: Application = self.scene.applicant(self.person)
        arrange(by=self.scene.recruiter, stage=self.scene.stage, day=DAY, applications=[self.application.pk])
        self.interview = Interview.objects.get()
        self.client: APIClient = a_client(self.person)

    def says(self, verb: str, **body: Any) -> Any:
        return self.client.post(f"{MINE}{self.interview.pk}/{verb}/", body)

    def begins(self) -> None:
        """An hour ago."""
        begin = now() - timedelta(hours=1)
        Interview.objects.update(during=TimestamptzRange(begin, begin + timedelta(minutes=30)))


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_a_declined_interview_frees_its_slot_and_may_be_offered_anew() -> None:
    given = Appointment()

    declined, again = given.says("decline"), given.says("confirm")
    offered = arrange(by=given.scene.recruiter, stage=given.scene.stage, applications=[given.application.pk])

    assert (declined.status_code, declined.json()["state"]) == (200, "declined")
    assert code(again) == (409, "interview_moved_on")
    assert [item.result for item in offered] == [Booked.DONE]
    event = Event.objects.get(type="interview.declined")
    assert (event.actor, event.data) == (
        None,
        {"interview": given.interview.pk, "stage": given.scene.stage.pk, "slot": given.first.pk},
    )
    panel = [row.recipient for row in event.deliveries.all()]
    assert panel == [f"account:{given.scene.interviewer.account_id}"]


def test_who_has_a_slot_takes_another_free_one() -> None:
    given = Appointment()

    offered = given.client.get(f"{MINE}{given.interview.pk}/slots/").json()
    moved = given.says("slot", slot=given.second.pk)

    assert [row["id"] for row in offered] == [given.second.pk]
    assert (moved.status_code, moved.json()["state"]) == (200, "scheduled")
    assert Event.objects.filter(type="interview.rescheduled").values_list("data", flat=True).get() == {
        "interview": given.interview.pk,
        "stage": given.scene.stage.pk,
        "slot": given.second.pk,
        "left_slot": given.first.pk,
    }


def test_another_time_is_asked_for_seen_by_recruiters_and_forgotten_with_the_next_slot() -> None:
    given = Appointment()
    recruiter = a_client(given.scene.recruiter.account)
    address = f"/api/v1/interviews/{given.interview.pk}/"

    asked = given.says("another-time", wish="After six, please.")
    seen = recruiter.get(address).json()
    moved = recruiter.post(f"{address}slot/", {"slot": given.second.pk}).json()

    assert (asked.status_code, seen["wish"], seen["state"]) == (200, "After six, please.", "scheduled")
    assert (moved["wish"], moved["slot"]) == ("", given.second.pk)
    assert Event.objects.filter(type="interview.another_time_asked").count() == 1


@pytest.mark.parametrize(
    ("verb", "body"),
    [("confirm", {}), ("decline", {}), ("another-time", {"wish": "Later"}), ("slot", {"slot": 0})],
)
def test_what_has_begun_is_answered_no_more(verb: str, body: dict[str, Any]) -> None:
    given = Appointment()
    given.begins()

    if verb == "slot":
        body = {"slot": given.second.pk}

    assert code(given.says(verb, **body)) == (409, "interview_begun")


@pytest.mark.parametrize("outcome", ["attended", "late", "missed"])
def test_an_interview_ends_once_it_has_begun_and_can_be_corrected(outcome: str) -> None:
    given = Appointment()
    panellist = a_client(given.scene.interviewer.account)
    address = f"/api/v1/interviews/{given.interview.pk}/end/"

    early = panellist.post(address, {"outcome": outcome})
    given.begins()
    done = panellist.post(address, {"outcome": outcome})
    corrected = panellist.post(address, {"outcome": "attended"})

    assert code(early) == (409, "interview_not_begun")
    assert [(answer.status_code, answer.json()["state"]) for answer in (done, corrected)] == [
        (200, outcome),
        (200, "attended"),
    ]
    ended = Event.objects.filter(type="interview.ended").order_by("id").values_list("data", flat=True)
    assert [row["outcome"] for row in ended] == [outcome, "attended"]


def test_whoever_is_not_on_the_panel_ends_no_interview() -> None:
    given = Appointment()
    given.begins()
    other = Scene()

    answer = a_client(other.interviewer.account).post(
        f"/api/v1/interviews/{given.interview.pk}/end/", {"outcome": "missed"}
    )

    assert answer.status_code == 404


def moved_on(application: Application) -> None:
    later = Stage.objects.get(pipeline=application.stage.pipeline_id, name="Offer")
    Application.objects.filter(pk=application.pk).update(stage=later)


def test_an_invitation_ends_with_its_stage() -> None:
    scene = Scene()
    [slot] = scene.slots()
    person = an_account()
    application, client = scene.applicant(person), a_client(person)
    arrange(by=scene.recruiter, stage=scene.stage, applications=[application.pk])
    interview = Interview.objects.get()
    before = client.get("/api/v1/me/applications/").json()["results"][0]["next"]["code"]

    moved_on(application)

    row = client.get("/api/v1/me/applications/").json()["results"][0]
    assert (before, row["next"]["code"]) == ("choose_slot", "await_decision")
    assert client.get(MINE).json()["results"] == []
    assert client.post(f"{MINE}{interview.pk}/slot/", {"slot": slot.pk}).status_code == 404


def test_an_interview_of_an_earlier_stage_is_not_the_next_step() -> None:
    given = Appointment()
    before = given.client.get("/api/v1/me/applications/").json()["results"][0]["next"]["code"]

    moved_on(given.application)

    after = given.client.get("/api/v1/me/applications/").json()["results"][0]["next"]["code"]
    assert (before, after) == ("confirm_interview", "await_decision")


def two_records(scene: Scene) -> tuple[Candidate, Candidate, Membership]:
    """Of one person, merged."""
    kept, merged = (a_candidate(scene.organisation, account=an_account()) for _ in range(2))
    merge(by=scene.recruiter, kept=kept.pk, merged=merged.pk)
    return kept, merged, scene.recruiter


def test_records_of_one_person_are_not_put_into_two_slots_of_one_time() -> None:
    scene = Scene()
    kept, merged, by = two_records(scene)
    other = scene.interviewer
    scene.slots()
    scene.slots(members=[by])
    applications = [scene.applicant(candidate=row) for row in (kept, merged)]

    booked = arrange(by=by, stage=scene.stage, day=DAY, applications=[row.pk for row in applications])

    assert [item.result for item in booked] == [Booked.DONE, Booked.NO_SLOT_LEFT]
    assert other.pk != by.pk


def test_nor_do_they_choose_them() -> None:
    scene = Scene()
    kept, merged, by = two_records(scene)
    [taken] = scene.slots()
    [wanted] = scene.slots(members=[by])
    first, second = scene.applicant(candidate=kept), scene.applicant(candidate=merged)
    arrange(by=by, stage=scene.stage, applications=[first.pk, second.pk])
    interviews = [Interview.objects.get(application=row) for row in (first, second)]
    for row, slot, account in zip(interviews, (taken, wanted), (kept.account, merged.account), strict=True):
        answer = a_client(account).post(f"{MINE}{row.pk}/slot/", {"slot": slot.pk})

    assert code(answer) == (409, "double_booked")
    assert InterviewSlot.objects.filter(during__startswith=at(9)).count() == 2
