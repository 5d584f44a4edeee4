from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Now

from ats.models.delivery import UNSETTLED, Delivery
from ats.models.tenancy import TenantModel, TenantQuerySet


class ApplicationState(models.TextChoices):
    ACTIVE = "active"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"


TO_CANDIDATE = "candidate:"  # how the recipients begin that are candidates
# Whether a rejection of the application with the alias is not announced: its mail is still to be sent. The
# same as the query set below says; a test keeps them equal.
IS_HIDDEN = f"""({{0}}.state = '{ApplicationState.REJECTED}' AND EXISTS (
    SELECT FROM ats_delivery unsent JOIN ats_event rejection ON rejection.id = unsent.event_id
    WHERE unsent.application_id = {{0}}.id AND starts_with(unsent.recipient, '{TO_CANDIDATE}')
        AND unsent.state IN ({", ".join(f"'{state}'" for state in UNSETTLED)})
        AND rejection.data ->> 'to_state' = '{ApplicationState.REJECTED}'))"""
VISIBLE_STATE = f"CASE WHEN {IS_HIDDEN} THEN '{ApplicationState.ACTIVE}' ELSE {{0}}.state END"


class ApplicationQuerySet(TenantQuerySet["Application"]):
    def with_visible_state(self) -> Self:
        """With `visible_state`, what the candidate may see: a rejection shows when its mail is sent."""
        unsent = Delivery.objects.filter(
            application=OuterRef("pk"),
            recipient__startswith=TO_CANDIDATE,
            event__data__to_state=ApplicationState.REJECTED,
            state__in=UNSETTLED,
        )
        is_secret = Q(state=ApplicationState.REJECTED) & Exists(unsent)
        return self.annotate(
            visible_state=Case(When(is_secret, then=Value(ApplicationState.ACTIVE)), default=F("state"))
        )

    def visibly_active(self) -> Self:
        """Those that the candidate sees as active."""
        return self.with_visible_state().filter(visible_state=ApplicationState.ACTIVE)


class Application(TenantModel):
    """One candidate at one posting, once: the database guarantees that.

    Track and graduation are copied when it is inserted: they are the evidence that it was judged by,
    and the triage list filters by them without a join. The graduation is from the first to the last day
    that it may be on. `preferred_met` counts the preferences that the newest verdict found met.
    """

    # The indexes below begin with what rows are looked up by; those of the keys would only slow moves.
    organisation = models.ForeignKey(
        "ats.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    campaign = models.ForeignKey("ats.Campaign", on_delete=models.PROTECT, related_name="+", db_index=False)
    posting = models.ForeignKey(
        "ats.Posting", on_delete=models.PROTECT, related_name="applications", db_index=False
    )
    candidate = models.ForeignKey(
        "ats.Candidate", on_delete=models.PROTECT, related_name="applications", db_index=False
    )
    track = models.ForeignKey("ats.Track", on_delete=models.PROTECT, related_name="+", db_index=False)
    graduates_from = models.DateField(null=True, blank=True)
    graduates_until = models.DateField(null=True, blank=True)
    graduates_by = models.GeneratedField(
        expression=Coalesce("graduates_until", models.Value(date.max)),
        output_field=models.DateField(),
        db_persist=True,
        help_text="To order by: who does not say comes last.",
    )
    stage = models.ForeignKey(
        "ats.Stage", on_delete=models.PROTECT, related_name="applications", db_index=False
    )
    state = models.CharField(
        max_length=9, choices=ApplicationState.choices, db_default=ApplicationState.ACTIVE
    )
    preference = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The candidate's rank of this posting, 1 first."
    )
    referral = models.ForeignKey(
        "ats.ReferralCode", null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    resume = models.ForeignKey(
        "ats.Resume",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The file that the candidate sent along, for as long as they keep it.",
    )
    preferred_met = models.PositiveSmallIntegerField(default=0, db_default=0)
    source = models.CharField(max_length=40, blank=True, db_default="")
    question_set = models.ForeignKey(
        "ats.QuestionSet", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(
        db_default=models.Value({}, models.JSONField()), help_text="By the key of the question."
    )
    stage_entered_at = models.DateTimeField(db_default=Now())
    state_entered_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [
            # Each order of the triage list, behind what it is mostly narrowed by. The rest of what
            # it filters by rides along, so that rows are chosen in the index alone.
            models.Index(
                fields=["organisation", "-created_at", "-id"],
                include=["stage", "track", "state", "campaign", "graduates_from", "graduates_until"],
                name="application_newest",
            ),
            models.Index(
                fields=["organisation", "track", "-created_at", "-id"],
                include=["stage", "state", "campaign", "graduates_from", "graduates_until"],
                name="application_by_track",
            ),
            models.Index(
                fields=["organisation", "stage", "-created_at", "-id"],
                include=["track", "state", "campaign", "graduates_from", "graduates_until"],
                name="application_by_stage",
            ),
            models.Index(
                fields=["posting", "-created_at", "-id"],
                include=["stage", "state"],
                name="application_by_posting",
            ),
            models.Index(
                fields=["organisation", "stage_entered_at", "id"],
                include=["stage", "track", "state", "campaign"],
                name="application_waiting",
            ),
            models.Index(
                fields=["organisation", "stage", "stage_entered_at", "id"],
                include=["track", "state", "campaign"],
                name="application_waiting_there",
            ),
            models.Index(
                fields=["organisation", "graduates_by", "id"],
                include=["stage", "track", "state", "campaign"],
                name="application_graduation",
            ),
            models.Index(
                fields=["organisation", "-preferred_met", "-id"],
                include=["stage", "track", "state", "campaign"],
                name="application_preferred",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "posting"], name="application_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=ApplicationState.values),
                name="application_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"
