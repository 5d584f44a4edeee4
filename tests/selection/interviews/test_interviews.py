from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.models import Account, Application, Event, Interview, Role, Scorecard
from ats.selection.interviews.scheduling import arrange
from ats.selection.interviews.steps import choose_slot
from tests.factories import a_client, a_member, an_account, an_application, an_organisation
from tests.races.rounds import racers
from tests.selection.interviews.interviewing import DAY, Scene, at, local

URL = "/api/v1/interviews/"
MINE = "/api/v1/me/interviews/"
ROUNDS = 100


def chosen(by: Account, interview: Interview, slot: int) -> str:
    return choose_slot(by=by, interview=interview, slot=slot).state


@pytest.mark.django_db
def test_applicants_are_put_into_the_slots_of_a_day_and_each_is_reported() -> None:
    scene = Scene()
    first, second = scene.slots(2)
    early, late, third = (scene.applicant() for _ in range(3))
    elsewhere = scene.applicant()
    Application.objects.filter(pk=elsewhere.pk).update(stage=early.stage.pipeline.stages.first())
    rejected, foreign = scene.applicant(state="rejected"), Scene().applicant()
    client = a_client(scene.recruiter.account)
    ids = [late.pk, early.pk, third.pk, elsewhere.pk, rejected.pk, foreign.pk]
    body = {"applications": ids, "stage": scene.stage.pk, "day": DAY.isoformat()}

    rehearsed = client.post(URL, body | {"dry_run": True}).json()
    kept = Interview.objects.count()
    done = client.post(URL, body).json()
    again = client.post(URL, body | {"applications": [early.pk]}).json()

    assert (rehearsed, kept) == (done, 0)
    assert done["items"] == [
        {"application": early.pk, "result": "done", "slot": second.pk},
        {"application": late.pk, "result": "done", "slot": first.pk},
        {"application": third.pk, "result": "no_slot_left", "slot": None},
        {"application": elsewhere.pk, "result": "other_stage", "slot": None},
        {"application": rejected.pk, "result": "not_active", "slot": None},
        {"application": foreign.pk, "result": "not_found", "slot": None},
    ]
    assert [item["result"] for item in again["items"]] == ["already"]
    interview = Interview.objects.get(application=early)
    assert list(Event.objects.filter(application=early).values_list("type", "data")) == [
        (
            "interview.scheduled",
            {"interview": interview.pk, "stage": scene.stage.pk, "slot": second.pk},
        )
    ]


@pytest.mark.django_db
def test_the_day_of_a_slot_is_the_day_where_it_is_held() -> None:
    scene = Scene()
    (slot,) = scene.slots(hour=1)  # the day before in UTC

    items = arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[scene.applicant().pk])

    assert [item.slot for item in items] == [slot.pk]


@pytest.mark.django_db
def test_one_person_with_two_applications_is_never_in_two_interviews_at_once() -> None:
    scene = Scene()
    here, there = (scene.slots(members=[a_member(scene.organisation)])[0] for _ in range(2))
    one = scene.applicant()
    other = scene.applicant(candidate=one.candidate, track=scene.security)

    items = arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[one.pk, other.pk])

    assert [(item.result, item.slot) for item in items] == [("done", here.pk), ("no_slot_left", None)]
    assert there.pk != here.pk


@pytest.mark.django_db
def test_an_invited_candidate_chooses_a_slot_and_promises_to_come() -> None:
    scene = Scene()
    first, second = scene.slots(2, place="https://meet.example.com/a")
    person = an_account()
    application = scene.applicant(person)
    recruiter, mine = a_client(scene.recruiter.account), a_client(person)
    recruiter.post(URL, {"applications": [application.pk], "stage": scene.stage.pk})

    (invited,) = mine.get(MINE).json()["results"]
    offered = mine.get(f"{MINE}{invited['id']}/slots/").json()
    chosen = mine.post(f"{MINE}{invited['id']}/slot/", {"slot": second.pk})
    confirmed = mine.post(f"{MINE}{invited['id']}/confirm/")
    confirmed_again = mine.post(f"{MINE}{invited['id']}/confirm/")

    assert (invited["state"], invited["starts_at"]) == ("invited", None)
    assert [row["id"] for row in offered] == [first.pk, second.pk]
    assert {name: chosen.json()[name] for name in ("state", "starts_at", "ends_at", "place")} == {
        "state": "scheduled",
        "starts_at": local(at(9, 30)),
        "ends_at": local(at(10)),
        "place": "https://meet.example.com/a",
    }
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "confirmed")
    assert (confirmed_again.status_code, confirmed_again.json()["code"]) == (409, "interview_moved_on")
    assert list(Event.objects.filter(application=application).values_list("type", "actor")) == [
        ("interview.invited", scene.recruiter.pk),
        ("interview.scheduled", None),
        ("interview.confirmed", None),
    ]


@pytest.mark.django_db
def test_a_candidate_finds_only_slots_of_the_own_track_and_no_interview_of_others() -> None:
    scene = Scene()
    (foreign,) = scene.slots(track=scene.security)
    person = an_account()
    arrange(by=scene.recruiter, stage=scene.stage, applications=[scene.applicant(person).pk])
    address = f"{MINE}{Interview.objects.get().pk}/"

    assert a_client(person).get(f"{address}slots/").json() == []
    taken = a_client(person).post(f"{address}slot/", {"slot": foreign.pk})
    assert (taken.status_code, taken.json()["code"]) == (409, "slot_taken")
    unknown = a_client(person).post(f"{address}slot/", {"slot": 1 << 40})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "slot_not_found")
    assert a_client(an_account()).get(address).status_code == 404
    assert a_client(scene.recruiter.account).post(f"{address}confirm/").status_code == 404


@pytest.mark.django_db
def test_rescheduling_frees_the_slot_and_cancelling_ends_it_each_raising_the_sequence() -> None:
    scene = Scene()
    first, second = scene.slots(2)
    one, other = scene.applicant(), scene.applicant()
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[one.pk])
    address = f"{URL}{Interview.objects.get().pk}/"
    client = a_client(scene.recruiter.account)

    before = client.get(address).json()
    moved = client.post(f"{address}slot/", {"slot": second.pk}).json()
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[other.pk])
    occupied = client.post(f"{address}slot/", {"slot": first.pk})
    cancelled = client.post(f"{address}cancel/").json()
    again = client.post(f"{address}cancel/")

    assert [(row["slot"], row["sequence"], row["state"]) for row in (before, moved, cancelled)] == [
        (first.pk, 0, "scheduled"),
        (second.pk, 1, "scheduled"),
        (second.pk, 2, "cancelled"),
    ]
    assert before["uid"] == moved["uid"] == cancelled["uid"]
    assert (occupied.status_code, occupied.json()["code"]) == (409, "slot_taken")
    assert (again.status_code, again.json()["code"]) == (409, "interview_moved_on")
    assert Event.objects.filter(type="interview.rescheduled").get().data["left_slot"] == first.pk


@pytest.mark.django_db
def test_an_interviewer_sees_only_interviews_of_their_own_and_changes_none() -> None:
    scene = Scene()
    scene.slots()
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[scene.applicant().pk])
    address = f"{URL}{Interview.objects.get().pk}/"
    mine, other = (
        a_client(scene.interviewer.account),
        a_client(a_member(scene.organisation, Role.INTERVIEWER).account),
    )

    assert (mine.get(address).status_code, other.get(address).status_code) == (200, 404)
    assert mine.post(f"{address}cancel/").status_code == 403
    assert a_client(a_member(scene.organisation, Role.VIEWER).account).get(URL).status_code == 403
    assert a_client(a_member(an_organisation(), Role.OWNER).account).get(address).status_code == 404


@pytest.mark.django_db
def test_a_recruiter_on_the_panel_is_as_blind_as_any_interviewer() -> None:
    scene = Scene()
    scene.slots(members=[scene.recruiter, scene.interviewer])
    application = scene.applicant()
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[application.pk])
    Scorecard.objects.create(
        organisation=scene.organisation,
        application=application,
        stage=scene.stage,
        interviewer=scene.interviewer,
        recommendation="yes",
        submitted_at=application.created_at,
    )
    outside = a_member(scene.organisation)

    assert Scorecard.objects.visible_to(scene.recruiter).count() == 0
    assert Scorecard.objects.visible_to(outside).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_a_day_is_filled_in_as_many_statements_for_thirty_as_for_one(size: int) -> None:
    scene = Scene()
    scene.slots(size, hour=1)
    ids = [an_application(scene.applicant().posting, stage=scene.stage).pk for _ in range(size)]

    with CaptureQueriesContext(connection) as queries:
        arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=ids)

    assert Interview.objects.booked().count() == size
    # savepoint, lock and read applications, lock candidates, interviews at the stage, lock and read
    # slots, other interviews, interviews (within a savepoint), events (within one), fan out, release
    assert len(queries) == 13


@pytest.mark.django_db(transaction=True)
def test_of_candidates_who_choose_one_slot_at_once_one_gets_it() -> None:
    scene = Scene()
    people = [an_account() for _ in range(3)]
    ids = [scene.applicant(person).pk for person in people]
    with racers(3) as three:
        for _ in range(ROUNDS):
            (slot,) = scene.slots()
            arrange(by=scene.recruiter, stage=scene.stage, applications=ids)
            rows = Interview.objects.select_related("application").order_by("application")
            acts = [partial(chosen, by, row, slot.pk) for by, row in zip(people, rows, strict=True)]

            assert sorted(three.race(*acts)) == ["scheduled", "slot_taken", "slot_taken"]
            assert Interview.objects.booked().count() == 1
            Interview.objects.all().delete()
            slot.delete()


@pytest.mark.django_db(transaction=True)
def test_two_recruiters_who_fill_a_day_at_once_give_each_slot_once_and_nobody_two() -> None:
    scene = Scene()
    slots = scene.slots(4)
    ids = [scene.applicant().pk for _ in range(4)]
    fill = partial(arrange, by=scene.recruiter, stage=scene.stage, day=DAY)

    def filled(chosen: list[int]) -> str:
        return " ".join(item.result for item in fill(applications=chosen))

    with racers(2) as two:
        for _ in range(ROUNDS):
            outcome = two.race(partial(filled, ids[:3]), partial(filled, ids[1:]))

            assert Counter(" ".join(outcome).split()) == {"done": 4, "already": 2}
            rows = Interview.objects.booked()
            assert sorted(rows.values_list("application", flat=True)) == ids
            assert sorted(rows.values_list("slot", flat=True)) == [slot.pk for slot in slots]
            Interview.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_one_person_who_chooses_in_two_interviews_at_once_is_never_in_both() -> None:
    scene = Scene()
    person = an_account()
    one = scene.applicant(person)
    other = scene.applicant(candidate=one.candidate, track=scene.security)
    slots = [scene.slots(members=[a_member(scene.organisation)])[0] for _ in range(2)]
    with racers(2) as two:
        for _ in range(ROUNDS):
            arrange(by=scene.recruiter, stage=scene.stage, applications=[one.pk, other.pk])
            rows = Interview.objects.select_related("application")
            acts = [partial(chosen, person, row, slot.pk) for row, slot in zip(rows, slots, strict=True)]

            assert sorted(two.race(*acts)) == ["double_booked", "scheduled"]
            Interview.objects.all().delete()
