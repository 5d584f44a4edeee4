"""Which worker may claim what, when, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from ats.applications.moves import move_applications, undo_move
from ats.common.errors import Conflict
from ats.delivery import claiming, retrying, sending, settling
from ats.delivery.channels.email.sender import Email
from ats.delivery.redelivery import redeliver
from ats.delivery.sending import drain
from ats.models import Application, Channel, Delivery, Endpoint, Membership, Stage
from ats.organisations.endpoints import create_endpoint
from ats.outbox.routing import UNDONE, fan_out
from ats.people.login import request_code
from tests.factories import a_candidate, a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter() -> Membership:
    return a_member(an_organisation())


def moved(by: Membership, stage: str, *applications: Application) -> int:
    """The id of the move."""
    to = Stage.objects.for_org(by.organisation).get(name=stage, pipeline__is_default=True)
    return move_applications(by=by, applications=[row.pk for row in applications], to_stage=to.pk)[0].pk


def one_application(by: Membership) -> Application:
    return an_application(a_posting(by.organisation))


def mails() -> list[Delivery]:
    return claiming.claim_oldest(Channel.EMAIL, 100)


def webhooks(*, each: int, limit: int = 100) -> list[Delivery]:
    """Claim for a drain that has what was claimed before under way."""
    claimed = Delivery.objects.filter(lease__isnull=False).values_list("recipient", flat=True)
    return claiming.claim_per_endpoint(limit, each=each, busy=Counter(claimed))


def states() -> list[tuple[str, int, str]]:
    return list(Delivery.objects.order_by("id").values_list("state", "attempts", "last_error"))


def test_a_row_is_claimed_by_one_worker_and_only_for_a_while(recruiter: Membership) -> None:
    moved(recruiter, "Screening", one_application(recruiter))

    [claimed] = mails()

    assert mails() == []
    assert claiming.claim_expired(Channel.EMAIL) == []
    Delivery.objects.update(leased_until=Now() - timedelta(seconds=1))
    assert mails() == []
    assert claiming.claim_expired(Channel.EMAIL) == [claimed]


def test_a_code_for_signing_in_goes_before_everything_else(recruiter: Membership) -> None:
    moved(recruiter, "Screening", *(one_application(recruiter) for _ in range(3)))
    request_code(email="somebody@example.com", language="en")

    [claimed] = claiming.claim_oldest(Channel.EMAIL, 1)

    assert claimed.login_code is not None


def test_a_settlement_under_a_lost_lease_changes_nothing(recruiter: Membership) -> None:
    moved(recruiter, "Screening", one_application(recruiter))
    [mine] = mails()
    Delivery.objects.update(leased_until=Now() - timedelta(seconds=1))
    [theirs] = claiming.claim_expired(Channel.EMAIL)

    settling.sent([mine])
    settling.give_up(mine, "late")
    before = states()
    settling.sent([theirs])

    assert (before, states()) == ([("due", 2, "")], [("sent", 2, "")])


def test_after_the_last_try_a_row_is_a_dead_letter_with_its_reason(recruiter: Membership) -> None:
    moved(recruiter, "Screening", one_application(recruiter))
    Delivery.objects.update(attempts=retrying.ATTEMPTS - 2)

    settling.retry_later(mails()[0], "refused")
    Delivery.objects.update(due_at=Now())
    before = states()
    settling.retry_later(mails()[0], "refused again")

    assert (before, states()) == ([("due", 9, "refused")], [("dead", 10, "refused again")])


def test_what_kills_every_worker_becomes_a_dead_letter(recruiter: Membership) -> None:
    moved(recruiter, "Screening", one_application(recruiter))
    for _ in range(retrying.ATTEMPTS):
        assert mails() or claiming.claim_expired(Channel.EMAIL)
        Delivery.objects.update(leased_until=Now() - timedelta(seconds=1))

    assert claiming.claim_expired(Channel.EMAIL) == []
    assert states() == [("dead", 10, settling.LOST)]


def test_a_failing_endpoint_is_tried_with_one_and_a_sound_one_with_its_share(recruiter: Membership) -> None:
    bad = create_endpoint(by=recruiter, url="https://bad.example.com/", types=["application.moved"])
    good = create_endpoint(by=recruiter, url="https://good.example.com/", types=["application.moved"])
    Delivery.objects.all().delete()
    type(bad).objects.filter(pk=bad.pk).update(failing_since=Now())
    posting = a_posting(recruiter.organisation)
    moved(recruiter, "Screening", *(an_application(posting) for _ in range(5)))

    claimed = webhooks(each=3)

    names = [row.recipient for row in claimed]
    assert (names.count(bad.recipient), names.count(good.recipient)) == (1, 3)
    assert webhooks(each=3) == []


def test_an_endpoint_that_rests_is_left_alone(recruiter: Membership) -> None:
    create_endpoint(by=recruiter, url="https://hr.example.com/", types=["application.moved"])
    Endpoint.objects.update(rests_until=Now() + timedelta(minutes=1))
    moved(recruiter, "Screening", one_application(recruiter))

    assert webhooks(each=3) == []


def test_what_happens_while_an_endpoint_is_off_is_never_sent_to_it(recruiter: Membership) -> None:
    create_endpoint(by=recruiter, url="https://hr.example.com/", types=["application.moved"])
    Endpoint.objects.update(is_active=False)
    moved(recruiter, "Screening", one_application(recruiter))
    Endpoint.objects.update(is_active=True)

    assert not Delivery.objects.filter(channel="webhook").exists()


def test_an_endpoint_hears_of_many_applications_at_once_but_of_each_in_order(recruiter: Membership) -> None:
    create_endpoint(by=recruiter, url="https://hr.example.com/", types=["application.moved"])
    one, two = one_application(recruiter), one_application(recruiter)
    moved(recruiter, "Screening", one, two)
    moved(recruiter, "Written test", one, two)

    claimed = webhooks(each=16)

    assert sorted(row.application_id or 0 for row in claimed) == sorted([one.pk, two.pk])
    assert claimed == list(Delivery.objects.filter(channel="webhook").order_by("id")[:2])


def test_one_candidate_of_two_organisations_is_two_recipients(recruiter: Membership) -> None:
    other = a_member(an_organisation())
    candidate = a_candidate(other.organisation)
    moved(recruiter, "Screening", one_application(recruiter))
    moved(other, "Screening", an_application(a_posting(other.organisation), candidate))

    assert len(mails()) == 2


def test_the_schedule_is_that_of_standard_webhooks_give_or_take_half() -> None:
    for attempts, step in enumerate(retrying.WAITS, start=1):
        assert step * 0.5 <= retrying.wait_after(attempts) <= step * 1.5
    assert retrying.wait_after(1, at_least=timedelta(hours=1)) == timedelta(hours=1)
    assert retrying.wait_after(1, at_least=timedelta(days=365)) == timedelta(days=1)


def test_an_event_reaches_each_recipient_once_however_often_it_is_queued(recruiter: Membership) -> None:
    moved(recruiter, "Screening", one_application(recruiter))

    fan_out(recruiter.organisation_id)

    [row] = Delivery.objects.all()
    again = {"event": row.event, "recipient": row.recipient, "channel": row.channel}
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**again)


def test_the_fifth_endpoint_is_served_as_the_first(recruiter: Membership) -> None:
    hears = ["application.moved"]
    made = [create_endpoint(by=recruiter, url=f"https://{n}.example.com/", types=hears) for n in range(5)]
    posting = a_posting(recruiter.organisation)
    moved(recruiter, "Screening", *(an_application(posting) for _ in range(4)))

    claimed = [webhooks(each=4, limit=5), webhooks(each=4, limit=10)]

    shares = [Counter(row.recipient for row in rows) for rows in claimed]
    assert shares == [Counter(row.recipient for row in made), Counter(row.recipient for row in made * 2)]


def test_a_cancelled_delivery_is_not_sent_again(recruiter: Membership) -> None:
    application = one_application(recruiter)
    batch = moved(recruiter, "Screening", application)
    undo_move(by=recruiter, move=batch)
    first, *_rest = Delivery.objects.order_by("id")

    with pytest.raises(Conflict, match="cancelled"):
        redeliver(by=recruiter, delivery=first)

    assert states()[0] == ("cancelled", 0, UNDONE)


def test_rows_of_a_dead_worker_come_after_sign_in_codes_one_at_a_time(recruiter: Membership) -> None:
    moved(recruiter, "Screening", *(one_application(recruiter) for _ in range(3)))
    expired = mails()[:2]
    Delivery.objects.filter(pk__in=[row.pk for row in expired]).update(leased_until=Now())
    request_code(email="somebody@example.com", language="en")

    drain()

    order = list(Delivery.objects.order_by("settled_at").values_list("pk", flat=True))[:3]
    code = Delivery.objects.get(login_code__isnull=False)
    assert order == [code.pk, *(row.pk for row in expired)]


def test_a_time_limit_is_no_fault_of_the_row(recruiter: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    moved(recruiter, "Screening", *(one_application(recruiter) for _ in range(3)))

    def late(*_arguments: object) -> None:
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(EmailMultiAlternatives, "send", late)
    with pytest.raises(SoftTimeLimitExceeded):
        drain()

    assert states() == [("due", 1, ""), ("due", 0, ""), ("due", 0, "")]


def test_a_worker_that_may_have_lost_its_lease_does_not_send(
    recruiter: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(recruiter, "Screening", one_application(recruiter))
    monkeypatch.setattr(sending, "BEGIN_WITHIN", 0)
    monkeypatch.setattr(Email, "max_seconds", 0.2)

    drain()

    assert (mail.outbox, states()) == ([], [("due", 0, "")])
