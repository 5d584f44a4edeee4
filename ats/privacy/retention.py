"""What is kept too long goes: `fixtures/retention.toml` says how long, here is what a rule finds and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from ats.common.reference import reference
from ats.models import (
    AccessRecord,
    AccessToken,
    Account,
    Application,
    ApplicationState,
    Candidate,
    Consent,
    GuessBudget,
    IdempotencyRecord,
    LoginCode,
    Membership,
)
from ats.privacy.erasure import erase_account, erase_candidates

BATCH = 500
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """`due` gives the rows that are older than an age; `apply` deals with some of them, by id."""

    due: Callable[[timedelta], Rows]
    apply: Callable[[Rows], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    rule: str
    days: int
    due: int


def run_retention(*, dry_run: bool = False) -> list[Outcome]:
    """Apply every rule, or only count; how many rows each found."""
    return [_run(row["rule"], row["days"], dry_run=dry_run) for row in reference("retention")["retention"]]


def _run(name: str, days: int, *, dry_run: bool) -> Outcome:
    rule = RULES[name]
    due = rule.due(timedelta(days=days))
    if dry_run:
        return Outcome(name, days, due.count())
    done = 0
    while pks := list(due.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rule.apply(due.model._default_manager.filter(pk__in=pks))
        done += len(pks)
    return Outcome(name, days, done)


def _older(model: type[Any], column: str) -> Callable[[timedelta], Rows]:
    return lambda age: model.objects.filter(**{f"{column}__lt": Now() - age})


def _dead_tokens(age: timedelta) -> Rows:
    return AccessToken.objects.filter(Q(expires_at__lt=Now() - age) | Q(revoked_at__lt=Now() - age))


def _idle_candidates(age: timedelta) -> Rows:
    """Nothing under way, and nothing has happened for so long."""
    own = Application.objects.filter(candidate=OuterRef("pk"))
    busy = own.filter(Q(state=ApplicationState.ACTIVE) | Q(updated_at__gte=Now() - age))
    idle = Candidate.objects.filter(erased_at=None, updated_at__lt=Now() - age)
    return idle.exclude(Exists(busy))


def _in_talent_pool() -> Exists:
    return Exists(Consent.objects.standing().filter(candidate=OuterRef("pk"), purpose="talent_pool"))


def _idle_accounts(age: timedelta) -> Rows:
    """Without a membership or a living record anywhere, and not seen for so long."""
    old = Account.objects.filter(is_active=True, last_seen_at__lt=Now() - age)
    member = Membership.objects.current().filter(account=OuterRef("pk"))
    living = Candidate.objects.filter(account=OuterRef("pk"), erased_at=None)
    return old.exclude(Exists(member)).exclude(Exists(living))


def _delete(rows: Rows) -> None:
    rows.delete()


def _erase_records(rows: Rows) -> None:
    erase_candidates(list(rows.values_list("pk", flat=True)))


def _erase_accounts(rows: Rows) -> None:
    for account in rows:
        erase_account(by=account)


RULES = {
    "login_codes": Rule(_older(LoginCode, "expires_at"), _delete),
    "guess_budgets": Rule(_older(GuessBudget, "updated_at"), _delete),
    "idempotency_records": Rule(_older(IdempotencyRecord, "created_at"), _delete),
    "access_tokens": Rule(_dead_tokens, _delete),
    "candidates": Rule(lambda age: _idle_candidates(age).exclude(_in_talent_pool()), _erase_records),
    "talent_pool": Rule(lambda age: _idle_candidates(age).filter(_in_talent_pool()), _erase_records),
    "accounts": Rule(_idle_accounts, _erase_accounts),
    "access_records": Rule(_older(AccessRecord, "created_at"), _delete),
}
