"""Who leaves, or may interview no more, leaves no interview without a word and no slot that takes people."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from ats.models import (
    Assignment,
    AssignmentShare,
    Event,
    Interview,
    InterviewSlot,
    Membership,
    Panellist,
    Role,
)
from ats.organisations.assignment_rules import create_rule
from ats.selection.interviews.scheduling import arrange
from ats.selection.interviews.slots import free
from tests.factories import a_client, a_member
from tests.journeys.season import all_is_sent
from tests.selection.interviews.interviewing import DAY, Scene

pytestmark = pytest.mark.django_db


def the_owner(scene: Scene) -> Membership:
    return Membership.objects.get(organisation=scene.organisation, role=Role.OWNER)


def is_removed(scene: Scene, member: Membership) -> None:
    a_client(the_owner(scene).account).delete(f"/api/v1/memberships/{member.pk}/")


def leaves(scene: Scene, member: Membership) -> None:
    a_client(member.account).delete(f"/api/v1/me/memberships/{member.pk}/")


def is_demoted(scene: Scene, member: Membership) -> None:
    a_client(the_owner(scene).account).patch(f"/api/v1/memberships/{member.pk}/", {"role": "viewer"})


ENDS = pytest.mark.parametrize("end", [is_removed, leaves, is_demoted])


def data(kind: str) -> list[dict[str, Any]]:
    return list(Event.objects.filter(type=kind).order_by("id").values_list("data", flat=True))


@ENDS
def test_an_empty_slot_without_a_panel_is_removed(end: Any) -> None:
    scene = Scene()
    first, second = scene.slots(2)

    end(scene, scene.interviewer)

    assert not InterviewSlot.objects.exists()
    assert data("slot.removed") == [{"stage": scene.stage.pk, "slots": [first.pk, second.pk]}]


@ENDS
def test_a_taken_slot_stays_takes_nobody_else_and_its_interview_asks_for_a_panel(end: Any) -> None:
    scene = Scene()
    [slot] = scene.slots()
    application = scene.applicant()
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[application.pk])

    end(scene, scene.interviewer)

    interview = Interview.objects.get()
    assert (interview.state, interview.slot, interview.sequence) == ("scheduled", slot, 1)
    assert not Panellist.objects.exists()
    interview.state = "cancelled"
    interview.save()
    assert not free(InterviewSlot.objects.all()).exists()
    change = {"stage": scene.stage.pk, "added": [], "removed": [scene.interviewer.pk]}
    assert data("slot.panel_changed") == [change | {"slots": [slot.pk]}]
    assert data("interview.panel_changed") == [change | {"interview": interview.pk, "slot": slot.pk}]


@ENDS
def test_a_slot_with_others_on_its_panel_stays_open(end: Any) -> None:
    scene = Scene()
    colleague = a_member(scene.organisation, Role.INTERVIEWER)
    [slot] = scene.slots(members=[scene.interviewer, colleague])

    end(scene, scene.interviewer)

    assert list(free(InterviewSlot.objects.all())) == [slot]
    assert [seat.member for seat in Panellist.objects.all()] == [colleague]


@ENDS
def test_what_a_recruiter_looked_after_is_nobodys_again(end: Any) -> None:
    scene = Scene()
    application = scene.applicant()
    Assignment.objects.create(
        organisation=scene.organisation, application=application, member=scene.recruiter
    )
    create_rule(by=the_owner(scene), position=1, shares=[{"member": scene.recruiter, "weight": 1}])

    end(scene, scene.recruiter)

    assert not Assignment.objects.exists()
    assert not AssignmentShare.objects.exists()
    assert data("application.unassigned") == [{"member": None}]


def test_another_panel_takes_over_and_both_hear_of_it_with_their_calendars() -> None:
    scene = Scene()
    colleague = a_member(scene.organisation, Role.INTERVIEWER)
    [slot] = scene.slots()
    application = scene.applicant()
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[application.pk])
    all_is_sent()
    mail.outbox.clear()

    answer = a_client(scene.recruiter.account).patch(
        f"/api/v1/interview-slots/{slot.pk}/", {"members": [colleague.pk]}
    )
    all_is_sent()

    assert (answer.status_code, answer.json()["members"]) == (200, [colleague.pk])
    methods = {letter.to[0]: _method(letter) for letter in mail.outbox}
    assert methods == {scene.interviewer.account.email: "CANCEL", colleague.account.email: "REQUEST"}


def _method(letter: Any) -> str:
    whole = letter.message().as_string()
    return next(method for method in ("CANCEL", "REQUEST") if f"method={method}" in whole.replace('"', ""))


def test_a_panel_is_neither_booked_twice_nor_of_viewers() -> None:
    scene = Scene()
    busy, viewer = a_member(scene.organisation, Role.INTERVIEWER), a_member(scene.organisation, Role.VIEWER)
    [slot] = scene.slots()
    scene.slots(members=[busy])
    client, address = a_client(scene.recruiter.account), f"/api/v1/interview-slots/{slot.pk}/"

    refusals = [client.patch(address, {"members": [member.pk]}).json()["code"] for member in (busy, viewer)]

    assert refusals == ["double_booked", "not_an_interviewer"]
    assert [seat.member for seat in Panellist.objects.filter(slot=slot)] == [scene.interviewer]


@ENDS
def test_whoever_interviews_no_more_has_an_empty_calendar(end: Any) -> None:
    scene = Scene()
    application = scene.applicant()
    scene.slots()
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[application.pk])
    address = (
        a_client(scene.interviewer.account).post("/api/v1/me/calendars/", {"name": "Phone"}).json()["url"]
    )
    before = a_client().get(address).content

    end(scene, scene.interviewer)

    assert (b"VEVENT" in before, b"VEVENT" in a_client().get(address).content) == (True, False)
