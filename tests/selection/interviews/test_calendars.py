from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.core import mail
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.types.range import TimestamptzRange

from ats.applications.moves import move_applications
from ats.applications.moves.closing import close_announced
from ats.delivery.sending import drain
from ats.exchange.icalendar import Reader, invitation
from ats.models import (
    Application,
    Candidate,
    Delivery,
    Event,
    Interview,
    MoveKind,
    Organisation,
    Posting,
    RejectionReason,
    Stage,
)
from ats.selection.interviews.scheduling import arrange
from ats.selection.interviews.steps import cancel_interview, reschedule_interview
from tests.factories import a_client, a_member, an_account
from tests.selection.interviews.interviewing import DAY, Scene, at

CALENDARS = "/api/v1/me/calendars/"


def entries(text: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(text.decode()).events


def what(entry: icalendar.Event) -> dict[str, Any]:
    return {
        "summary": str(entry["SUMMARY"]),
        "sequence": int(str(entry["SEQUENCE"])),
        "status": str(entry["STATUS"]),
        "begin": entry.start,
        "location": str(entry.get("LOCATION", "")),
    }


def an_interview(scene: Scene, application: Application) -> Interview:
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=[application.pk])
    return Interview.objects.select_related("application").get(application=application)


def invitations() -> list[tuple[str, str, int]]:
    """Address, method and sequence of each calendar entry that was mailed, in order of address."""
    found: list[tuple[str, str, int]] = []
    for message in mail.outbox:
        for part in message.message().walk():
            if part.get_content_type() == "text/calendar":
                text = part.get_payload(decode=True)
                assert isinstance(text, bytes)
                sequence = what(entries(text)[0])["sequence"]
                found.append((message.to[0], str(part.get_param("method")), sequence))
    mail.outbox.clear()
    return sorted(found)


@pytest.mark.django_db
def test_candidate_and_panel_are_mailed_each_change_under_one_uid_with_a_rising_sequence() -> None:
    scene = Scene()
    (first,) = scene.slots()
    other = a_member(scene.organisation)
    (second,) = scene.slots(members=[other], hour=14)
    application = scene.applicant()
    person = application.candidate
    interview = an_interview(scene, application)

    drain()
    arranged = invitations()
    reschedule_interview(by=scene.recruiter, interview=interview, slot=second.pk)
    drain()
    moved = invitations()
    cancel_interview(by=scene.recruiter, interview=interview)
    drain()
    called_off = invitations()

    old, new = scene.interviewer.account.email, other.account.email
    assert arranged == sorted([(person.email, "REQUEST", 0), (old, "REQUEST", 0)])
    assert moved == sorted([(person.email, "REQUEST", 1), (new, "REQUEST", 1), (old, "CANCEL", 1)])
    assert called_off == sorted([(person.email, "CANCEL", 2), (new, "CANCEL", 2)])
    assert first.pk != second.pk


@pytest.mark.django_db
def test_a_feed_shows_candidate_and_interviewer_the_same_hour_in_their_own_words() -> None:
    scene = Scene()
    scene.slots(place="Zhongguancun 1")
    person = an_account(language="zh-hans")
    application = scene.applicant(person)
    Candidate.objects.update(name="李娜", language="zh-hans")
    Posting.objects.update(title="Search", title_zh="搜索实习生")
    Organisation.objects.filter(pk=scene.organisation.pk).update(name="Aurora")
    interview = an_interview(scene, application)

    def read(account: Any) -> icalendar.Event:
        url = a_client(account).post(CALENDARS, {}).json()["url"]
        (entry,) = entries(a_client().get(url).content)
        return entry

    mine, panels = read(person), read(scene.interviewer.account)

    assert str(mine["UID"]) == str(panels["UID"]) == f"{interview.uid}@intake"
    common = {"sequence": 0, "status": "CONFIRMED", "begin": at(9), "location": "Zhongguancun 1"}
    assert what(panels) == {**common, "summary": "Interview: Search, 李娜"}
    assert what(mine)["begin"] == at(9)
    assert "搜索实习生" in what(mine)["summary"]
    assert str(mine["ATTENDEE"]) == f"mailto:{application.candidate.email}"
    assert mine["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


@pytest.mark.django_db
def test_a_feed_opens_by_its_token_alone_until_it_is_revoked() -> None:
    person, stranger = a_client(an_account()), a_client(an_account())
    made = person.post(CALENDARS, {"name": "Phone"}).json()
    address = f"{CALENDARS}{made['id']}/"

    opened = a_client().get(made["url"], HTTP_ACCEPT="text/calendar")
    guessed = a_client().get("/api/v1/calendar/none-such.ics")
    listed = person.get(CALENDARS).json()["results"]
    by_stranger = stranger.delete(address)
    still = a_client().get(made["url"])
    person.delete(address)
    revoked = a_client().get(made["url"])

    assert (opened.status_code, opened["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert opened["Cache-Control"] == "private, no-cache"
    assert (guessed.status_code, guessed.json()["code"]) == (404, "not_found")
    assert [set(row) for row in listed] == [{"id", "name", "created_at", "revoked_at"}]
    assert [a.status_code for a in (by_stranger, still, revoked)] == [404, 200, 404]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_a_feed_takes_as_many_statements_for_thirty_as_for_one(size: int) -> None:
    scene = Scene()
    scene.slots(size, hour=1)
    ids = [scene.applicant().pk for _ in range(size)]
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=ids)
    url = a_client(scene.interviewer.account).post(CALENDARS, {}).json()["url"]

    with CaptureQueriesContext(connection) as queries:
        text = a_client().get(url).content

    assert len(entries(text)) == size
    # the feed with its account, the interviews
    assert len(queries) == 2


NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]


def an_entry(begin: datetime, zone: str) -> bytes:
    row = Interview(
        organisation=Organisation(name="Aurora"),
        application=Application(posting=Posting(title="Search"), candidate=Candidate(name="Li Na")),
        during=TimestamptzRange(begin, begin + timedelta(minutes=30)),
        time_zone=zone,
        updated_at=begin,
    )
    return invitation(row, Reader("a@example.com", "en", is_candidate=True), is_off=False)[1]


@settings(deadline=None)
@given(
    begin=st.integers(0, 5 * 365 * 24 * 4).map(lambda quarter: NEW_YEAR + timedelta(minutes=15) * quarter),
    zone=st.sampled_from(ZONES),
)
def test_an_entry_is_the_same_instant_in_any_zone_on_either_side_of_a_clock_change(
    begin: datetime, zone: str
) -> None:
    (entry,) = entries(an_entry(begin, zone))

    assert isinstance(entry.start, datetime)
    assert entry.start.astimezone(UTC) == begin


def test_the_hour_before_a_clock_change_and_the_hour_after_it_have_their_own_offsets() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    saturday, sunday = (datetime(2026, 3, day, 9, tzinfo=berlin) for day in (28, 29))

    written = [an_entry(instant, "Europe/Berlin") for instant in (saturday, sunday)]

    assert b"DTSTART;TZID=Europe/Berlin:20260328T090000" in written[0]
    assert b"DTSTART;TZID=Europe/Berlin:20260329T090000" in written[1]
    assert [entries(text)[0].start for text in written] == [saturday, sunday]
    assert [text.count(b"BEGIN:VTIMEZONE") for text in written] == [1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["reject", "withdraw"])
def test_who_is_turned_down_or_withdraws_has_no_interview_left(kind: str) -> None:
    """What is over stays as it was, and so do the interviews of the other application."""
    scene = Scene()
    scene.slots(count=2)
    application, other = scene.applicant(), scene.applicant()
    ahead, others = an_interview(scene, application), an_interview(scene, other)
    past = Interview.objects.create(
        organisation=scene.organisation,
        application=application,
        stage=Stage.objects.for_org(scene.organisation).get(name="Screening"),
        slot=scene.slots(hour=1)[0],
        during=TimestamptzRange(at(1) - timedelta(days=9), at(2) - timedelta(days=9)),
        time_zone="Asia/Shanghai",
        state="confirmed",
    )
    drain()
    mail.outbox.clear()
    reason = RejectionReason.objects.for_org(scene.organisation).earliest("pk").pk

    move_applications(
        by=scene.recruiter,
        applications=[application.pk],
        kind=MoveKind(kind),
        rejection_reason=reason if kind == "reject" else None,
    )
    Delivery.objects.filter(state="due").update(due_at=Now())
    drain()
    close_announced()
    drain()

    states = dict(Interview.objects.values_list("pk", "state"))
    assert states == {ahead.pk: "cancelled", past.pk: "confirmed", others.pk: "scheduled"}
    event = Event.objects.get(type="interview.cancelled")
    assert event.data == {"interview": ahead.pk, "stage": scene.stage.pk, "slot": ahead.slot_id}
    candidate, panel = application.candidate.email, scene.interviewer.account.email
    assert invitations() == sorted([(candidate, "CANCEL", 1), (panel, "CANCEL", 1)])
