"""Reminders: of an interview within a day, a slot not chosen, an offer that ends; each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from ats.delivery.sending import drain
from ats.models import Application, Event, Interview, InterviewSlot, InterviewState, Offer
from ats.selection.reminders import remind_all
from tests.factories import a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def application() -> Application:
    return an_application(a_posting(an_organisation(name="Aurora"), title="Search"))


def an_interview(application: Application, *, begins_in: timedelta) -> Interview:
    begin = timezone.now() + begins_in
    during = TimestamptzRange(begin, begin + HOUR)
    slot = InterviewSlot.objects.create(
        organisation=application.organisation, stage=application.stage, during=during, place="Room 1"
    )
    return Interview.objects.create(
        organisation=application.organisation,
        application=application,
        stage=application.stage,
        slot=slot,
        during=during,
        time_zone="Asia/Shanghai",
        state=InterviewState.SCHEDULED,
    )


def types() -> list[str]:
    return list(Event.objects.order_by("id").values_list("type", flat=True))


@pytest.mark.parametrize(("begins_in", "reminded"), [(23 * HOUR, 1), (25 * HOUR, 0), (-HOUR, 0)])
def test_an_interview_within_a_day_is_reminded_of_once(
    application: Application, begins_in: timedelta, reminded: int
) -> None:
    an_interview(application, begins_in=begins_in)

    counts = [remind_all(), remind_all()]

    assert counts == [reminded, 0]
    assert types() == ["interview.reminded"] * reminded


def test_the_reminder_is_a_mail_to_the_candidate(application: Application) -> None:
    an_interview(application, begins_in=23 * HOUR)

    remind_all()
    drain()

    [message] = mail.outbox
    assert message.to == [application.candidate.email]
    assert message.subject.startswith("Aurora: your interview on ")


def test_another_slot_is_reminded_of_anew(application: Application) -> None:
    interview = an_interview(application, begins_in=20 * HOUR)
    remind_all()
    begin = timezone.now() + 22 * HOUR
    during = TimestamptzRange(begin, begin + HOUR)
    other = InterviewSlot.objects.create(
        organisation=application.organisation, stage=application.stage, during=during
    )
    Interview.objects.filter(pk=interview.pk).update(slot=other, during=during)

    assert (remind_all(), remind_all()) == (1, 0)


@pytest.mark.parametrize(("invited_ago", "reminded"), [(49 * HOUR, 1), (47 * HOUR, 0)])
def test_who_has_not_chosen_a_slot_is_reminded_once(
    application: Application, invited_ago: timedelta, reminded: int
) -> None:
    interview = Interview.objects.create(
        organisation=application.organisation, application=application, stage=application.stage
    )
    Interview.objects.filter(pk=interview.pk).update(updated_at=timezone.now() - invited_ago)

    counts = [remind_all(), remind_all()]

    assert counts == [reminded, 0]
    assert types() == ["interview.choice_reminded"] * reminded


@pytest.mark.parametrize(("ends_in", "reminded"), [(23 * HOUR, 1), (25 * HOUR, 0), (-HOUR, 0)])
def test_an_offer_that_ends_within_a_day_is_reminded_of_once(
    application: Application, ends_in: timedelta, reminded: int
) -> None:
    Offer.objects.create(
        organisation=application.organisation,
        application=application,
        state="extended",
        deadline=timezone.now() + ends_in,
    )

    counts = [remind_all(), remind_all()]

    assert counts == [reminded, 0]
    assert types() == ["offer.reminded"] * reminded


def test_nothing_is_reminded_of_when_the_application_is_closed(application: Application) -> None:
    an_interview(application, begins_in=20 * HOUR)
    Application.objects.update(state="withdrawn")

    assert remind_all() == 0
