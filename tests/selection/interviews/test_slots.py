from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from ats.models import Event, InterviewSlot, Membership, Panellist, Role, Room, Stage
from tests.factories import a_client, a_member, an_organisation
from tests.races.rounds import racers
from tests.selection.interviews.interviewing import Scene, at, local

URL = "/api/v1/interview-slots/"
ROUNDS = 100


def a_request(scene: Scene, **facts: Any) -> dict[str, Any]:
    named = {"stage": scene.stage.pk, "members": [scene.interviewer.pk], "minutes": 30}
    return {**named, "starts_at": at(9).isoformat(), **facts}


@pytest.mark.django_db
def test_a_recruiter_opens_a_row_of_slots_for_several_interviewers() -> None:
    scene = Scene()
    second = a_member(scene.organisation)
    client = a_client(scene.recruiter.account)
    members = [scene.interviewer.pk, second.pk]

    made = client.post(URL, a_request(scene, members=members, count=2, pause=15))

    assert made.status_code == 201
    assert [(row["starts_at"], row["ends_at"], row["members"]) for row in made.json()] == [
        (local(at(9)), local(at(9, 30)), members),
        (local(at(9, 45)), local(at(10, 15)), members),
    ]
    assert list(Event.objects.values_list("type", "data")) == [
        ("slot.opened", {"stage": scene.stage.pk, "slots": [row["id"] for row in made.json()]})
    ]


@pytest.mark.django_db
def test_no_interviewer_and_no_room_is_booked_twice_and_one_clash_opens_none() -> None:
    scene = Scene()
    other, room = a_member(scene.organisation), Room.objects.create(organisation=scene.organisation, name="A")
    scene.slots(room=room, hour=10)
    client = a_client(scene.recruiter.account)

    same_person = client.post(URL, a_request(scene, count=3))
    same_room = client.post(URL, a_request(scene, members=[other.pk], room=room.pk, count=3))
    before_and_after = [
        client.post(URL, a_request(scene, starts_at=at(9, 30).isoformat(), room=room.pk)).status_code,
        client.post(URL, a_request(scene, starts_at=at(10, 30).isoformat(), room=room.pk)).status_code,
    ]

    assert [(a.status_code, a.json()["code"]) for a in (same_person, same_room)] == [
        (409, "double_booked"),
        (409, "double_booked"),
    ]
    assert before_and_after == [201, 201]
    assert InterviewSlot.objects.count() == 3


@pytest.mark.django_db
def test_slots_are_of_interview_stages_own_members_and_known_zones() -> None:
    scene = Scene()
    screening = Stage.objects.for_org(scene.organisation).get(kind="screening")
    viewer = a_member(scene.organisation, Role.VIEWER)
    stranger = a_member(an_organisation())
    client = a_client(scene.recruiter.account)

    def code(**facts: Any) -> str:
        return str(client.post(URL, a_request(scene, **facts)).json()["errors"][0]["code"])

    assert code(stage=screening.pk) == "not_an_interview_stage"
    assert code(members=[viewer.pk]) == "not_an_interviewer"
    assert code(members=[stranger.pk]) == "does_not_exist"
    assert code(time_zone="Mars/Olympus") == "invalid"
    interviewer = a_client(scene.interviewer.account)
    assert interviewer.post(URL, a_request(scene)).status_code == 403


@pytest.mark.django_db
def test_a_removed_slot_gives_the_panel_its_time_back() -> None:
    scene = Scene()
    (slot,) = scene.slots()
    client = a_client(scene.recruiter.account)

    removed = client.delete(f"{URL}{slot.pk}/")

    assert removed.status_code == 204
    assert client.post(URL, a_request(scene)).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_of_recruiters_who_book_an_interviewer_at_once_one_succeeds() -> None:
    scene = Scene()
    others = [a_member(scene.organisation) for _ in range(3)]

    def book_with(other: Membership) -> str:
        scene.slots(members=[other, scene.interviewer])
        return "booked"

    with racers(3) as three:
        for _ in range(ROUNDS):
            outcome = three.race(*(partial(book_with, other) for other in others))

            assert sorted(outcome) == ["booked", "double_booked", "double_booked"]
            assert Panellist.objects.count() == 2
            InterviewSlot.objects.all().delete()
