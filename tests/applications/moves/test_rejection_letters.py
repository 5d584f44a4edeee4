"""One rejection letter per person and season, however many of the applications close together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db.models.functions import Now

from ats.applications.moves import move_applications
from ats.delivery import claiming, settling
from ats.delivery.sending import drain
from ats.models import Application, Candidate, Channel, Delivery, Event, Membership, MoveKind
from ats.people.duplicates import merge, undo_merge
from tests.applications.moves.test_decisions import reject
from tests.factories import (
    a_campaign,
    a_candidate,
    a_client,
    a_posting,
    an_account,
    an_application,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(recruiter: Membership) -> Candidate:
    return a_candidate(recruiter.organisation, account=an_account())


def applications(by: Membership, person: Candidate, *titles: str) -> list[Application]:
    """In one season."""
    season = a_campaign(by.organisation)
    return [
        an_application(a_posting(by.organisation, campaign=season, title=title), person) for title in titles
    ]


def a_day_passes() -> None:
    Delivery.objects.filter(state="due").update(due_at=Now())
    drain()


def test_a_rejection_waits(recruiter: Membership, person: Candidate) -> None:
    reject(recruiter, *applications(recruiter, person, "Search"))

    drain()

    delivery, event = Delivery.objects.get(), Event.objects.get()
    assert mail.outbox == []
    assert (delivery.due_at - event.created_at) == pytest.approx(
        timedelta(hours=24), abs=timedelta(minutes=1)
    )


def test_rejections_of_one_season_go_out_as_one_letter(recruiter: Membership, person: Candidate) -> None:
    search, kernel, security = applications(recruiter, person, "Search", "Kernel", "Security")
    other_season = applications(recruiter, person, "Winter")
    reject(recruiter, search)
    reject(recruiter, kernel, *other_season)

    a_day_passes()

    assert [told_of(letter) for letter in mail.outbox] == [["Search", "Kernel"], ["Winter"]]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    security.refresh_from_db()
    assert security.state == "active"


def test_the_mail_takes_along_what_cannot_be_undone_any_more(
    recruiter: Membership, person: Candidate
) -> None:
    first, second, third = applications(recruiter, person, "Search", "Kernel", "Tools")
    reject(recruiter, first, second)
    Delivery.objects.update(created_at=Now() - settings.UNDO_WINDOW)
    Delivery.objects.filter(application=first.pk).update(due_at=Now())
    reject(recruiter, third)

    drain()

    assert [told_of(letter) for letter in mail.outbox] == [["Search", "Kernel"]]
    assert Delivery.objects.get(application=third.pk).state == "due"


def test_what_is_rejected_after_the_letter_gets_its_own(recruiter: Membership, person: Candidate) -> None:
    first, second = applications(recruiter, person, "Search", "Kernel")
    reject(recruiter, first)
    a_day_passes()
    reject(recruiter, second)
    a_day_passes()

    assert [told_of(letter) for letter in mail.outbox] == [["Search"], ["Kernel"]]


def test_what_is_rejected_while_the_letter_is_being_sent_gets_its_own(
    recruiter: Membership, person: Candidate
) -> None:
    first, second = applications(recruiter, person, "Search", "Kernel")
    reject(recruiter, first)
    Delivery.objects.update(due_at=Now())
    (claimed,) = claiming.claim_oldest(Channel.EMAIL, 1)
    reject(recruiter, second)
    Delivery.objects.filter(lease=None).update(due_at=Now())

    drain()
    before = len(mail.outbox)
    settling.sent([claimed])
    drain()

    assert (before, [told_of(letter) for letter in mail.outbox]) == (0, [["Kernel"]])


def test_an_unrejected_application_is_left_out_of_the_letter(
    recruiter: Membership, person: Candidate
) -> None:
    first, second = applications(recruiter, person, "Search", "Kernel")
    reject(recruiter, first, second)
    move_applications(by=recruiter, applications=[first.pk], kind=MoveKind.UNREJECT)

    a_day_passes()

    assert [told_of(letter) for letter in mail.outbox] == [["Kernel"]]


def test_the_candidate_sees_a_rejection_when_the_letter_is_sent(
    recruiter: Membership, person: Candidate
) -> None:
    reject(recruiter, *applications(recruiter, person, "Search"))
    candidate = a_client(person.account)

    def seen() -> str:
        rows = candidate.get("/api/v1/me/applications/").json()["results"]
        state: str = rows[0]["state"]
        return state

    before = seen()
    a_day_passes()

    assert (before, seen()) == ("active", "rejected")


def told_of(letter: mail.EmailMessage) -> list[str]:
    return [line[2:] for line in str(letter.body).splitlines() if line.startswith("- ")]


def test_records_of_one_person_get_one_letter(recruiter: Membership, person: Candidate) -> None:
    other = a_candidate(recruiter.organisation)
    merge(by=recruiter, kept=person.pk, merged=other.pk)
    (first,) = applications(recruiter, person, "Search")
    second = an_application(a_posting(recruiter.organisation, campaign=first.campaign, title="Kernel"), other)
    third = an_application(a_posting(recruiter.organisation, campaign=first.campaign, title="Tools"), other)
    reject(recruiter, first, second, third)
    move_applications(by=recruiter, applications=[third.pk], kind=MoveKind.UNREJECT)

    a_day_passes()

    assert [(letter.to, told_of(letter)) for letter in mail.outbox] == [
        ([person.email], ["Search", "Kernel"])
    ]


def rejected_at_one_season(by: Membership, *people: Candidate) -> None:
    season = a_campaign(by.organisation)
    for number, who in enumerate(people):
        reject(by, an_application(a_posting(by.organisation, campaign=season, title=f"Job {number}"), who))


def test_records_that_are_merged_while_their_letters_wait_get_one(
    recruiter: Membership, person: Candidate
) -> None:
    other = a_candidate(recruiter.organisation)
    rejected_at_one_season(recruiter, person, other)
    merge(by=recruiter, kept=person.pk, merged=other.pk)

    a_day_passes()

    assert [(letter.to, told_of(letter)) for letter in mail.outbox] == [([person.email], ["Job 0", "Job 1"])]


def test_who_turns_out_to_be_another_person_gets_their_own_letter(
    recruiter: Membership, person: Candidate
) -> None:
    other = a_candidate(recruiter.organisation)
    finding = merge(by=recruiter, kept=person.pk, merged=other.pk)
    rejected_at_one_season(recruiter, person, other)
    undo_merge(by=recruiter, finding=finding)

    a_day_passes()

    assert [(letter.to, told_of(letter)) for letter in mail.outbox] == [
        ([person.email], ["Job 0"]),
        ([other.email], ["Job 1"]),
    ]
