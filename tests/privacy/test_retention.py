from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models.functions import Now
from django.utils import timezone

from ats.common.reference import reference
from ats.models import (
    AccessToken,
    Account,
    Application,
    Candidate,
    Consent,
    Delivery,
    IdempotencyRecord,
    LoginCode,
    Offer,
    OfferState,
    Resume,
)
from ats.people.access_tokens import issue_token
from ats.people.duplicates import merge
from ats.people.login import request_code
from ats.privacy.retention import RULES, run_retention
from tests.factories import (
    a_candidate,
    a_member,
    a_posting,
    a_resume,
    an_account,
    an_application,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def aged(days: int) -> object:
    return Now() - timedelta(days=days)


def a_record(*, idle: int, state: str = "rejected", consenting: bool = False) -> Candidate:
    """A candidate who did nothing for so many days, with an application in a state."""
    organisation = an_organisation()
    candidate = a_candidate(organisation)
    application = an_application(a_posting(organisation), candidate, state=state)
    Application.objects.filter(pk=application.pk).update(updated_at=aged(idle))
    Candidate.objects.filter(pk=candidate.pk).update(updated_at=aged(idle))
    if consenting:
        Consent.objects.create(
            organisation=organisation, candidate=candidate, purpose="talent_pool", version="1"
        )
    return candidate


@pytest.mark.parametrize(
    ("record", "is_kept"),
    [
        ({"idle": 179}, True),
        ({"idle": 181}, False),
        ({"idle": 181, "state": "active"}, True),
        ({"idle": 181, "consenting": True}, True),
        ({"idle": 731, "consenting": True}, False),
    ],
)
def test_how_long_an_organisation_keeps_a_record(record: dict[str, object], is_kept: bool) -> None:
    candidate = a_record(**record)  # type: ignore[arg-type]

    run_retention()

    candidate.refresh_from_db()
    assert bool(candidate.name) is is_kept
    assert (candidate.erased_at is None) is is_kept


def hired(*, work_over: int | None, idle: int = 400) -> Candidate:
    """Hired, and at work until so many days ago by the offer that was accepted; without one at None."""
    candidate = a_record(idle=idle, state="hired")
    if work_over is not None:
        Offer.objects.create(
            organisation=candidate.organisation,
            application=candidate.applications.get(),
            state=OfferState.ACCEPTED,
            starts_on=timezone.now().date() - timedelta(days=work_over + 90),
            ends_on=timezone.now().date() - timedelta(days=work_over),
        )
    return candidate


@pytest.mark.parametrize(
    ("person", "is_kept"),
    [
        ({"work_over": -300}, True),  # the first day is yet to come
        ({"work_over": 729, "idle": 900}, True),
        ({"work_over": 732, "idle": 900}, False),
        ({"work_over": None, "idle": 729}, True),
        ({"work_over": None, "idle": 731}, False),
    ],
)
def test_who_was_hired_is_kept_until_long_after_the_work(person: dict[str, int], is_kept: bool) -> None:
    candidate = hired(**person)

    run_retention()

    candidate.refresh_from_db()
    assert bool(candidate.name) is is_kept


def test_a_record_stays_while_another_record_of_the_person_is_in_use() -> None:
    idle = a_record(idle=200)
    busy = a_candidate(idle.organisation)
    an_application(a_posting(idle.organisation), busy)
    merge(by=a_member(idle.organisation), kept=idle.pk, merged=busy.pk)
    Candidate.objects.update(updated_at=aged(200))

    run_retention()

    idle.refresh_from_db()
    assert idle.erased_at is None


def test_the_file_that_was_sent_along_goes_with_the_record_and_stays_its_owners() -> None:
    candidate = a_record(idle=181)
    resume = a_resume()
    Application.objects.update(resume=resume, updated_at=aged(181))

    run_retention()

    assert Application.objects.get(candidate=candidate).resume_id is None
    assert Resume.objects.filter(pk=resume.pk).exists()


def test_an_account_that_was_seen_lately_is_kept_although_its_tokens_are_long_gone() -> None:
    account = an_account()
    issue_token(account=account)
    Account.objects.update(created_at=aged(1500), last_seen_at=aged(100))
    AccessToken.objects.update(expires_at=aged(70))

    run_retention()

    account.refresh_from_db()
    assert (account.is_active, AccessToken.objects.exists()) == (True, False)


def test_a_dry_run_reports_the_same_and_changes_nothing() -> None:
    candidate = a_record(idle=181)

    planned = run_retention(dry_run=True)
    candidate.refresh_from_db()
    assert candidate.name
    done = run_retention()

    assert planned == done
    assert [outcome.due for outcome in done if outcome.rule == "candidates"] == [1]
    assert {outcome.due for outcome in run_retention()} == {0}


def test_accounts_that_nobody_uses_are_emptied_and_answers_kept_for_repeats_are_deleted() -> None:
    old, fresh = an_account(), an_account()
    Account.objects.update(created_at=aged(2000), last_seen_at=aged(1094))
    Account.objects.filter(pk=old.pk).update(last_seen_at=aged(1096))
    for account, days in ((old, 8), (fresh, 6)):
        row = IdempotencyRecord.objects.create(account=account, key="k", fingerprint=b"")
        IdempotencyRecord.objects.filter(pk=row.pk).update(created_at=aged(days))

    run_retention()

    assert list(
        Account.objects.filter(pk__in=[old.pk, fresh.pk]).order_by("pk").values_list("is_active", flat=True)
    ) == [False, True]
    assert [row.account for row in IdempotencyRecord.objects.all()] == [fresh]


def test_the_table_of_ages_names_every_rule_once() -> None:
    assert [row["rule"] for row in reference("retention")["retention"]] == list(RULES)


def test_the_command_prints_a_line_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("apply_retention", "--dry-run")

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)
    assert all("would go" in line for line in lines)


@pytest.mark.parametrize(("expired", "is_kept"), [(timedelta(hours=23), True), (timedelta(hours=25), False)])
def test_a_sign_in_code_goes_with_its_mail_a_day_after_it_expired(
    expired: timedelta, *, is_kept: bool
) -> None:
    request_code(email="somebody@example.com", language="en")
    LoginCode.objects.update(expires_at=Now() - expired)

    run_retention()

    assert (LoginCode.objects.exists(), Delivery.objects.exists()) == (is_kept, is_kept)
