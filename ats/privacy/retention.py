"""What is kept too long goes: `fixtures/retention.toml` says how long, here is what a rule finds and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Now

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
    ImportJob,
    Invitation,
    LoginCode,
    Membership,
    Offer,
    OfferState,
)
from ats.privacy.erasure import erase_account, erase_candidates

BATCH = 500
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """`due` gives the rows that are older than an age. `apply` deals with those of them that have some
    ids, and finds out under its own locks which of these are still due.
    """

    due: Callable[[timedelta], Rows]
    apply: Callable[[Rows, list[int]], object]


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
        rule.apply(due, pks)
        done += len(pks)
    return Outcome(name, days, done)


def _older(model: type[Any], column: str) -> Callable[[timedelta], Rows]:
    return lambda age: model.objects.filter(**{f"{column}__lt": Now() - age})


def _dead_tokens(age: timedelta) -> Rows:
    return AccessToken.objects.filter(Q(expires_at__lt=Now() - age) | Q(revoked_at__lt=Now() - age))


PERSON = Coalesce("merged_into", "pk")


def _idle_candidates(age: timedelta) -> Rows:
    """Nothing under way for the person, whichever record applied, and nothing has happened for so long."""
    busy = Q(state=ApplicationState.ACTIVE) | Q(updated_at__gte=Now() - age)
    return _records_without(Application.objects.filter(busy), age=age)


def _records_without(applications: QuerySet[Application], *, age: timedelta) -> QuerySet[Candidate]:
    """Records that are unchanged for so long, of persons who have none of these applications."""
    persons = applications.annotate(person=Coalesce("candidate__merged_into", "candidate"))
    idle = Candidate.objects.filter(erased_at=None, updated_at__lt=Now() - age).annotate(person=PERSON)
    return idle.exclude(Exists(persons.filter(person=OuterRef("person"))))


def _is_hired() -> Exists:
    """Of a record of a person who was hired."""
    hired = Application.objects.filter(state=ApplicationState.HIRED)
    persons = hired.annotate(person=Coalesce("candidate__merged_into", "candidate"))
    return Exists(persons.filter(person=OuterRef("person")))


def _at_work(age: timedelta) -> QuerySet[Application]:
    """Hired applications whose work, as it was offered, has not been over for so long."""
    accepted = Offer.objects.filter(application=OuterRef("pk"), state=OfferState.ACCEPTED)
    last_day = Subquery(accepted.values(last=Coalesce("ends_on", "starts_on"))[:1])
    hired = Application.objects.filter(state=ApplicationState.HIRED).annotate(last_day=last_day)
    return hired.filter(last_day__gte=Cast(Now() - age, DateField()))


def _hired_candidates(age: timedelta) -> Rows:
    """As `_idle_candidates`, of persons who were hired: their work is over for so long, too."""
    busy = Q(state=ApplicationState.ACTIVE) | Q(updated_at__gte=Now() - age)
    working = Q(pk__in=_at_work(age).values("pk"))
    return _records_without(Application.objects.filter(busy | working), age=age).filter(_is_hired())


def _in_talent_pool() -> Exists:
    return Exists(Consent.objects.standing().filter(candidate=OuterRef("pk"), purpose="talent_pool"))


def _idle_accounts(age: timedelta) -> Rows:
    """Without a membership or a living record anywhere, and not seen for so long."""
    old = Account.objects.filter(is_active=True, last_seen_at__lt=Now() - age)
    member = Membership.objects.current().filter(account=OuterRef("pk"))
    living = Candidate.objects.filter(account=OuterRef("pk"), erased_at=None)
    return old.exclude(Exists(member)).exclude(Exists(living))


def _delete(due: Rows, pks: list[int]) -> None:
    due.filter(pk__in=pks).delete()


def _delete_imports(due: Rows, pks: list[int]) -> None:
    """The files of those that nobody ran go with them."""
    for job in due.filter(pk__in=pks):
        job.file.delete(save=False)
    _delete(due, pks)


def _erase_records(due: Rows, pks: list[int]) -> None:
    """Who has applied since `due` was read is not due any more, once the record is locked."""
    erase_candidates(pks, still_due=lambda locked: due.filter(pk__in=locked))


def _erase_accounts(due: Rows, pks: list[int]) -> None:
    for pk in pks:
        with transaction.atomic():
            account = due.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
            if account is not None:
                erase_account(by=account)


RULES = {
    "login_codes": Rule(_older(LoginCode, "expires_at"), _delete),
    "guess_budgets": Rule(_older(GuessBudget, "updated_at"), _delete),
    "idempotency_records": Rule(_older(IdempotencyRecord, "created_at"), _delete),
    "access_tokens": Rule(_dead_tokens, _delete),
    "candidates": Rule(
        lambda age: _idle_candidates(age).exclude(_is_hired()).exclude(_in_talent_pool()), _erase_records
    ),
    "talent_pool": Rule(
        lambda age: _idle_candidates(age).exclude(_is_hired()).filter(_in_talent_pool()), _erase_records
    ),
    "hired": Rule(_hired_candidates, _erase_records),
    "invitations": Rule(_older(Invitation, "expires_at"), _delete),
    "accounts": Rule(_idle_accounts, _erase_accounts),
    "access_records": Rule(_older(AccessRecord, "created_at"), _delete),
    "import_jobs": Rule(_older(ImportJob, "updated_at"), _delete_imports),
}
