"""Somebody is erased, emptied or merged while an application of theirs is made."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models.functions import Now

from ats.applications.apply import apply_to_posting
from ats.applications.importing import import_applicants
from ats.models import Account, Application, Candidate, Membership, Posting, Role
from ats.people.duplicates import merge
from ats.privacy.erasure import erase_account
from ats.privacy.retention import run_retention
from tests.factories import a_candidate, a_member, a_posting, an_account, an_organisation
from tests.races.rounds import racers, tally

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 30
PROFILE = {"basics": {"name": "Li Na"}}


@pytest.fixture
def by() -> Membership:
    return a_member(an_organisation(), Role.OWNER)


def applied(account: Account, posting: Posting) -> str:
    apply_to_posting(by=account, posting=posting.pk)
    return "applied"


def erased(account: Account) -> str:
    erase_account(by=account)
    return "erased"


def imported(by: Membership, posting: Posting, email: str) -> str:
    import_applicants(by=by, posting=posting, people=[{"name": "Li Na", "email": email}])
    return "imported"


def nobody_is_active_without_a_name() -> bool:
    return not Application.objects.filter(state="active", candidate__name="").exists()


def nobody_erased_has_a_name() -> bool:
    return not Candidate.objects.filter(account__is_active=False).exclude(name="").exists()


@pytest.mark.parametrize("has_a_record", [True, False])
def test_applying_while_being_erased(by: Membership, *, has_a_record: bool) -> None:
    with racers(2) as two:
        outcomes = []
        for _ in range(ROUNDS):
            account = an_account(profile=PROFILE)
            if has_a_record:
                apply_to_posting(by=account, posting=a_posting(by.organisation).pk)
            posting = a_posting(by.organisation)
            outcomes.append(two.race(partial(applied, account, posting), partial(erased, account)))

    assert set(tally(outcomes)) <= {("applied", "erased"), ("account_erased", "erased")}
    assert nobody_is_active_without_a_name()
    assert nobody_erased_has_a_name()


@pytest.mark.parametrize("has_a_record", [True, False])
def test_being_imported_while_being_erased(by: Membership, *, has_a_record: bool) -> None:
    with racers(2) as two:
        outcomes = []
        for _ in range(ROUNDS):
            account = an_account(profile=PROFILE)
            if has_a_record:
                apply_to_posting(by=account, posting=a_posting(by.organisation).pk)
            posting = a_posting(by.organisation)
            outcomes.append(two.race(partial(imported, by, posting, account.email), partial(erased, account)))

    assert set(tally(outcomes)) == {("erased", "imported")}
    assert nobody_is_active_without_a_name()
    assert nobody_erased_has_a_name()


def test_being_imported_under_another_address_while_being_erased(by: Membership) -> None:
    """The record was merged with the account's own: the import knows nothing of the account."""
    with racers(2) as two:
        for number in range(ROUNDS):
            account = an_account(profile=PROFILE)
            apply_to_posting(by=account, posting=a_posting(by.organisation).pk)
            second = a_candidate(by.organisation, email=f"second{number}@example.com")
            merge(by=by, kept=Candidate.objects.get(account=account).pk, merged=second.pk)
            posting = a_posting(by.organisation)

            two.race(partial(imported, by, posting, second.email), partial(erased, account))

    assert nobody_is_active_without_a_name()


def test_applying_while_the_record_is_kept_too_long(by: Membership) -> None:
    def swept() -> str:
        run_retention()
        return "swept"

    with racers(2) as two:
        for _ in range(ROUNDS):
            account = an_account(profile=PROFILE)
            a_candidate(by.organisation, account=account)
            Candidate.objects.filter(account=account).update(updated_at=Now() - timedelta(days=200))
            posting = a_posting(by.organisation)

            assert two.race(partial(applied, account, posting), swept) == ["applied", "swept"]

    assert nobody_is_active_without_a_name()
    assert Application.objects.filter(state="active").count() == ROUNDS


def test_two_accounts_of_one_person_apply_to_one_posting_while_they_are_merged(by: Membership) -> None:
    """Who applies after the merge is told so, whichever record was locked first."""
    with racers(2) as two:
        for number in range(ROUNDS):
            accounts = [an_account(profile=PROFILE) for _ in range(2)]
            for account in accounts:
                apply_to_posting(by=account, posting=a_posting(by.organisation).pk)
            first, second = Candidate.objects.filter(account__in=accounts).order_by("pk")
            posting = a_posting(by.organisation)
            apply_to_posting(by=accounts[number % 2], posting=posting.pk)
            finding: list[Any] = []

            def merged(kept: int, other: int, finding: list[Any]) -> str:
                finding.append(merge(by=by, kept=kept, merged=other))
                return "merged"

            outcome = two.race(
                partial(applied, accounts[1 - number % 2], posting),
                partial(merged, first.pk, second.pk, finding),
            )

            assert tuple(outcome) in {("applied", "merged"), ("already_applied", "merged")}
            made = Application.objects.filter(posting=posting).count()
            assert made == 1 + outcome.count("applied")
