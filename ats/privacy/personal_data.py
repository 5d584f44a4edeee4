"""Where personal data of candidates is, as one table: a row for each model that has any.

A row says which rows of the model are a person's, what of them the person is given at an export, and
what erasure does to them. A new model with personal data adds a row here, and nothing else anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Now

from ats.models import (
    UNSETTLED,
    AccessRecord,
    AccessToken,
    Account,
    Application,
    ApplicationVersion,
    AssessmentResult,
    CalendarFeed,
    Candidate,
    Consent,
    Delivery,
    DeliveryState,
    Education,
    Event,
    GuessBudget,
    IdempotencyRecord,
    Interview,
    Invitation,
    LoginCode,
    Move,
    Note,
    NotificationPreferences,
    Offer,
    Resume,
    SavedView,
    Scorecard,
    Verdict,
)
from ats.people.resumes.uploads import delete as delete_resumes
from ats.privacy.erasers import Anonymise, Delete, Erasure, placeholder
from ats.privacy.subjects import Subjects


@dataclass(frozen=True)
class PersonalData:
    """`export` names columns, with a space between. Without any the person is given nothing of it."""

    model: type[Model]
    rows: Callable[[Subjects], QuerySet[Any]]
    export: str
    erase: Erasure

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name_plural).replace(" ", "_")


def _of_organisations(who: Subjects) -> QuerySet[Candidate, Any]:
    return Candidate.objects.filter(pk__in=who.candidates).values("organisation")


def _answers_to_members(who: Subjects) -> QuerySet[IdempotencyRecord]:
    """Answers to members of the organisations concerned that name the person, by a word or by an id."""
    rows = IdempotencyRecord.objects.filter(organisation__in=_of_organisations(who))
    applications = Application.objects.filter(candidate__in=who.candidates).values_list("pk", flat=True)
    by_id = [
        rf'"{key}":({"|".join(map(str, ids))})\M'
        for key, ids in (("candidate", list(who.candidates)), ("application", list(applications)))
        if ids
    ]
    named = who.named_in(rows, "body")
    return named | rows.filter(body__regex="|".join(by_id)) if by_id else named


def _reasons(who: Subjects) -> QuerySet[Move]:
    """Moves of this person alone, and whichever has a reason that names the person."""
    moved = Event.objects.filter(move=OuterRef("pk"), application__candidate__in=who.candidates)
    rows = Move.objects.filter(organisation__in=_of_organisations(who)).exclude(reason="")
    return rows.filter(Q(Exists(moved), asked=1) | Q(pk__in=who.named_in(rows, "reason").values("pk")))


def _searches(who: Subjects) -> QuerySet[SavedView]:
    """Saved views that search for the person."""
    rows = SavedView.objects.filter(organisation__in=_of_organisations(who))
    return who.named_in(rows, "name", "query")


PERSONAL_DATA: tuple[PersonalData, ...] = (
    PersonalData(Move, _reasons, "", Anonymise({"reason": ""})),
    PersonalData(SavedView, _searches, "", Delete()),
    PersonalData(IdempotencyRecord, _answers_to_members, "", Delete()),
    PersonalData(
        Account,
        lambda who: Account.objects.filter(pk__in=who.accounts),
        "id email name language profile created_at",
        Anonymise({"email": placeholder("@erased.invalid"), "name": "", "profile": {}, "is_active": False}),
    ),
    PersonalData(
        Candidate,
        lambda who: Candidate.objects.filter(pk__in=who.candidates),
        "id organisation__slug name email phone language facts created_at",
        Anonymise(
            dict.fromkeys(("name", "email", "phone", "phone_key", "schools", "profile_digest"), "")
            | {"words": [], "facts": {}, "erased_at": Now()}
        ),
    ),
    PersonalData(
        Education,
        lambda who: Education.objects.filter(candidate__in=who.candidates),
        "candidate institution__name institution_name country degree major discipline starts_on "
        "graduates_from graduates_until",
        Delete(),
    ),
    PersonalData(
        Application,
        lambda who: Application.objects.filter(candidate__in=who.candidates),
        "id candidate posting__title campaign__slug graduates_from graduates_until visible_state preference "
        "source resume answers created_at",
        Anonymise({"answers": {}, "resume": None}),
    ),
    PersonalData(
        ApplicationVersion,
        lambda who: ApplicationVersion.objects.filter(application__candidate__in=who.candidates),
        "application preference resume answers created_at",
        Delete(),
    ),
    PersonalData(
        Verdict,
        lambda who: Verdict.objects.filter(application__candidate__in=who.candidates),
        "application outcome rule_sets document created_at",
        Anonymise({"document": {}}),
    ),
    PersonalData(
        Offer,
        lambda who: Offer.objects.filter(application__candidate__in=who.candidates),
        "application state pay starts_on ends_on terms deadline created_at",
        Anonymise({"terms": "", "pay": ""}),
    ),
    PersonalData(
        Interview,
        lambda who: Interview.objects.filter(application__candidate__in=who.candidates),
        "application slot__place state wish created_at",
        Anonymise({"wish": ""}),
    ),
    # What the team thinks of somebody is erased with them, and is never shown to them.
    PersonalData(
        Note,
        lambda who: Note.objects.filter(application__candidate__in=who.candidates),
        "",
        Delete(),
    ),
    PersonalData(
        Scorecard,
        lambda who: Scorecard.objects.filter(application__candidate__in=who.candidates),
        "",
        Anonymise({"comment": ""}),
    ),
    PersonalData(
        AssessmentResult,
        lambda who: AssessmentResult.objects.filter(application__candidate__in=who.candidates),
        "application assessment__name score taken_at",
        Anonymise({"external_id": placeholder()}),
    ),
    PersonalData(
        NotificationPreferences,
        lambda who: NotificationPreferences.objects.filter(candidate__in=who.candidates),
        "candidate muted quiet_from quiet_until time_zone digest",
        Delete(),
    ),
    PersonalData(
        CalendarFeed,
        lambda who: CalendarFeed.objects.filter(account__in=who.accounts),
        "name created_at",
        Delete(),
    ),
    PersonalData(
        Consent,
        lambda who: Consent.objects.filter(candidate__in=who.candidates),
        "organisation__slug purpose version created_at withdrawn_at",
        Anonymise({"withdrawn_at": Case(When(withdrawn_at=None, then=Now()), default=F("withdrawn_at"))}),
    ),
    PersonalData(
        Resume,
        lambda who: Resume.objects.filter(account__in=who.accounts),
        "id name kind size state code proposed created_at",
        Delete(delete_resumes),
    ),
    PersonalData(
        AccessToken,
        lambda who: AccessToken.objects.filter(account__in=who.accounts),
        "name prefix created_at expires_at revoked_at",
        Delete(),
    ),
    PersonalData(
        LoginCode,
        lambda who: LoginCode.objects.filter(email__in=who.addresses),
        "email language created_at expires_at used_at",
        Delete(),
    ),
    PersonalData(
        Invitation,
        lambda who: Invitation.objects.filter(email__in=who.addresses),
        "organisation__slug role state email created_at expires_at",
        Delete(),
    ),
    PersonalData(
        GuessBudget,
        lambda who: GuessBudget.objects.filter(email__in=who.addresses),
        "email updated_at",
        Delete(),
    ),
    PersonalData(
        IdempotencyRecord,
        lambda who: IdempotencyRecord.objects.filter(account__in=who.accounts),
        "key status body created_at",
        Delete(),
    ),
    PersonalData(
        Delivery,
        lambda who: Delivery.objects.filter(
            event__candidate__in=who.candidates, recipient__in=who.recipients
        ),
        "channel event__type state created_at settled_at",
        Anonymise(
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
    PersonalData(
        AccessRecord,
        lambda who: AccessRecord.objects.filter(candidates__overlap=list(who.candidates)),
        "organisation__slug visible_resource created_at",
        Anonymise(),
    ),
)
