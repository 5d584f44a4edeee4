from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from ats.common.reference import reference
from ats.models import Account, Application, Candidate, Consent, Delivery, IdempotencyRecord, LoginCode
from ats.people.login import request_code
from ats.privacy.retention import RULES, run_retention
from tests.factories import a_candidate, a_posting, an_account, an_application, an_organisation

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
