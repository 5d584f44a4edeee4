"""What waits behind what, and how it becomes due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from ats.applications.moves import undo_move
from ats.delivery import settling
from ats.models import Delivery, Membership, Stage
from ats.outbox.order import free_all_waiting
from ats.outbox.routing import UNDONE
from tests.delivery.test_outbox import mails, moved, one_application, states

pytestmark = pytest.mark.django_db


def test_rows_of_an_ordering_key_are_claimed_in_order_one_at_a_time(recruiter: Membership) -> None:
    application = one_application(recruiter)
    moved(recruiter, "Screening", application)
    moved(recruiter, "Written test", application)
    first, second = Delivery.objects.order_by("id")

    [claimed] = mails()
    meanwhile = mails()
    settling.sent([claimed])
    then = mails()

    assert (claimed, meanwhile, then) == (first, [], [second])


def test_a_row_that_waits_for_its_retry_delays_its_ordering_key_and_no_other(recruiter: Membership) -> None:
    application, other = one_application(recruiter), one_application(recruiter)
    moved(recruiter, "Screening", application)
    settling.retry_later(mails()[0], "a reason")
    moved(recruiter, "Written test", application)
    moved(recruiter, "Screening", other)

    claimed = mails()

    assert [row.application_id for row in claimed] == [other.pk]


def test_what_was_made_on_a_clock_that_was_set_back_since_is_not_overtaken(recruiter: Membership) -> None:
    application = one_application(recruiter)
    moved(recruiter, "Screening", application)
    Delivery.objects.update(created_at=Now() + timedelta(hours=1), due_at=Now() + timedelta(hours=1))
    moved(recruiter, "Written test", application)

    assert mails() == []


def test_a_postponed_notice_delays_no_other(recruiter: Membership) -> None:
    application = one_application(recruiter)
    moved(recruiter, "Screening", application)
    Delivery.objects.update(due_at=Now() + timedelta(days=3))
    moved(recruiter, "Written test", application)

    claimed = mails()

    assert [row.event.data["to_stage"] for row in claimed if row.event] == [
        Stage.objects.for_org(recruiter.organisation).get(name="Written test", pipeline__is_default=True).pk
    ]


def test_a_row_behind_another_waits_until_that_one_is_settled(recruiter: Membership) -> None:
    application = one_application(recruiter)
    for stage in ("Screening", "Written test", "Interview"):
        moved(recruiter, stage, application)

    [first] = mails()
    waiting = [state for state, *_ in states()]
    settling.sent([first])
    after = [state for state, *_ in states()]

    assert (waiting, after) == (["due", "waiting", "waiting"], ["sent", "due", "waiting"])


def test_what_waits_behind_a_row_that_vanished_is_found_by_the_sweep(recruiter: Membership) -> None:
    application = one_application(recruiter)
    for stage in ("Screening", "Written test", "Interview"):
        moved(recruiter, stage, application)
    [first] = mails()
    nothing = free_all_waiting()

    Delivery.objects.filter(pk=first.pk).delete()

    assert (nothing, free_all_waiting(), [state for state, *_ in states()]) == (
        [],
        ["email"],
        ["due", "waiting"],
    )


def test_a_row_that_was_cancelled_while_it_waited_stays_so(recruiter: Membership) -> None:
    application = one_application(recruiter)
    moved(recruiter, "Screening", application)
    batch = moved(recruiter, "Written test", application)
    [first] = mails()

    undo_move(by=recruiter, move=batch)
    settling.sent([first])

    assert states() == [("sent", 1, ""), ("cancelled", 0, UNDONE), ("cancelled", 0, UNDONE)]
