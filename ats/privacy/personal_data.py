"""Where personal data of candidates is, as one table: a row for each model that holds any.

A row says which rows of the model are a person's, what of them the person is given at an export, and
what erasure does to them. A new model with personal data adds a row here, and nothing else anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Case, CharField, F, Model, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Now

from ats.models import (
    UNSETTLED,
    AccessRecord,
    AccessToken,
    Account,
    Application,
    AssessmentResult,
    CalendarFeed,
    Candidate,
    Consent,
    Delivery,
    DeliveryState,
    Education,
    GuessBudget,
    IdempotencyRecord,
    Interview,
    LoginCode,
    Note,
    NotificationPreferences,
    Offer,
    Resume,
    Scorecard,
    Verdict,
)
from ats.people.resumes.uploads import delete as delete_resumes
from ats.privacy.subjects import Subjects


class Erasure(Protocol):
    """Takes the personal data out of rows, and says which columns are then free of it."""

    def __call__(self, rows: QuerySet[Any]) -> None: ...

    def clears(self, column: str) -> bool: ...


@dataclass(frozen=True)
class Deletes:
    """The rows go; `how` also takes along what belongs to them elsewhere."""

    how: Callable[[QuerySet[Any]], object] = QuerySet.delete

    def __call__(self, rows: QuerySet[Any]) -> None:
        self.how(rows)

    def clears(self, column: str) -> bool:
        return True


@dataclass(frozen=True)
class Empties:
    """The rows stay, for the statistics and the audit trail; `columns` take these values."""

    columns: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, rows: QuerySet[Any]) -> None:
        if self.columns:
            rows.update(**self.columns)

    def clears(self, column: str) -> bool:
        return column in self.columns


@dataclass(frozen=True)
class Holding:
    """`export` names columns, with a space between."""

    model: type[Model]
    rows: Callable[[Subjects], QuerySet[Any]]
    export: str
    erase: Erasure

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name_plural).replace(" ", "_")


NOBODY = Concat(Value("erased-"), Cast("pk", CharField()), Value("@erased.invalid"))

HOLDINGS: tuple[Holding, ...] = (
    Holding(
        Account,
        lambda who: Account.objects.filter(pk__in=who.accounts),
        "id email name language profile created_at",
        Empties({"email": NOBODY, "name": "", "profile": {}, "is_active": False}),
    ),
    Holding(
        Candidate,
        lambda who: Candidate.objects.filter(pk__in=who.candidates),
        "id organisation__slug name email phone language languages weeks days_per_week starts_from "
        "starts_until work_countries created_at updated_at",
        Empties(
            dict.fromkeys(("name", "email", "phone", "phone_key", "schools", "profile_digest"), "")
            | {"words": [], "erased_at": Now()}
            | dict.fromkeys(("languages", "work_countries", "starts_from", "starts_until"))
        ),
    ),
    Holding(
        Education,
        lambda who: Education.objects.filter(candidate__in=who.candidates),
        "candidate institution__name institution_name country degree major discipline starts_on graduates_on",
        Deletes(),
    ),
    Holding(
        Application,
        lambda who: Application.objects.filter(candidate__in=who.candidates),
        "id candidate posting__title campaign__slug graduates_on state preference source resume "
        "answers created_at",
        Empties({"answers": {}}),
    ),
    Holding(
        Verdict,
        lambda who: Verdict.objects.filter(application__candidate__in=who.candidates),
        "application outcome rule_sets document created_at",
        Empties({"document": {}}),
    ),
    Holding(
        Offer,
        lambda who: Offer.objects.filter(application__candidate__in=who.candidates),
        "application state pay starts_on ends_on terms deadline created_at",
        Empties({"terms": ""}),
    ),
    Holding(
        Interview,
        lambda who: Interview.objects.filter(application__candidate__in=who.candidates),
        "application slot__place state created_at",
        Empties(),
    ),
    # What the team thinks of somebody is erased with them, and is never shown to them.
    Holding(
        Note,
        lambda who: Note.objects.filter(application__candidate__in=who.candidates),
        "application created_at",
        Deletes(),
    ),
    Holding(
        Scorecard,
        lambda who: Scorecard.objects.filter(application__candidate__in=who.candidates),
        "application created_at",
        Empties({"comment": ""}),
    ),
    Holding(
        AssessmentResult,
        lambda who: AssessmentResult.objects.filter(application__candidate__in=who.candidates),
        "application assessment__name score taken_at",
        Empties({"external_id": Concat(Value("erased-"), Cast("pk", CharField()))}),
    ),
    Holding(
        NotificationPreferences,
        lambda who: NotificationPreferences.objects.filter(candidate__in=who.candidates),
        "candidate muted quiet_from quiet_until time_zone digest",
        Deletes(),
    ),
    Holding(
        CalendarFeed,
        lambda who: CalendarFeed.objects.filter(account__in=who.accounts),
        "name created_at",
        Deletes(),
    ),
    Holding(
        Consent,
        lambda who: Consent.objects.filter(candidate__in=who.candidates),
        "organisation__slug purpose version created_at withdrawn_at",
        Empties({"withdrawn_at": Case(When(withdrawn_at=None, then=Now()), default=F("withdrawn_at"))}),
    ),
    Holding(
        Resume,
        lambda who: Resume.objects.filter(account__in=who.accounts),
        "id name kind size state code proposed created_at",
        Deletes(delete_resumes),
    ),
    Holding(
        AccessToken,
        lambda who: AccessToken.objects.filter(account__in=who.accounts),
        "name prefix created_at expires_at revoked_at",
        Deletes(),
    ),
    Holding(
        LoginCode,
        lambda who: LoginCode.objects.filter(email__in=who.addresses),
        "email language created_at expires_at used_at",
        Deletes(),
    ),
    Holding(
        GuessBudget,
        lambda who: GuessBudget.objects.filter(email__in=who.addresses),
        "email updated_at",
        Deletes(),
    ),
    Holding(
        IdempotencyRecord,
        lambda who: IdempotencyRecord.objects.filter(account__in=who.accounts),
        "key status body created_at",
        Deletes(),
    ),
    Holding(
        Delivery,
        lambda who: Delivery.objects.filter(
            event__candidate__in=who.candidates, recipient__in=who.recipients
        ),
        "channel event__type state created_at settled_at",
        Empties(
            {
                "last_error": "",
                "content": None,
                "state": Case(
                    When(state__in=UNSETTLED, then=Value(DeliveryState.CANCELLED)), default=F("state")
                ),
                "settled_at": Coalesce("settled_at", Now()),
            },
        ),
    ),
    Holding(
        AccessRecord,
        lambda who: AccessRecord.objects.filter(candidates__overlap=list(who.candidates)),
        "organisation__slug resource created_at",
        Empties(),
    ),
)
