"""What a recruiter's day stands on beside the applications: saved views, kept numbers, reservations."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ats.models.organisation import Membership
from ats.models.tenancy import TenantModel, TenantQuerySet


class SavedViewQuerySet(TenantQuerySet["SavedView"]):
    def seen_by(self, member: Membership) -> Self:
        return self.filter(Q(is_shared=True) | Q(owner=member))


class SavedView(TenantModel):
    """Filters and an order of the triage list under a name; shared, it is the whole team's to use.

    `query` is what the list's address takes: names and texts.
    """

    owner = models.ForeignKey("ats.Membership", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    query = models.JSONField()
    is_shared = models.BooleanField(default=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "owner", "name"], name="saved_view_once"),
        ]

    def __str__(self) -> str:
        return self.name


class StageTally(models.Model):
    """How many applications are where: the sum of `change` over the rows of a key.

    A trigger appends a row for each statement that changes where applications are, so no two
    writers wait for each other; `ats.triage.counts` folds the rows of a key
    into one now and then, which changes no sum.
    """

    organisation = models.ForeignKey(
        "ats.Organisation", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    campaign = models.ForeignKey(
        "ats.Campaign", on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    track = models.ForeignKey(
        "ats.Track", on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    stage = models.ForeignKey(
        "ats.Stage", on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    state = models.CharField(max_length=9)
    change = models.BigIntegerField()

    objects = TenantQuerySet["StageTally"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "track", "stage", "state"],
                include=["change"],
                name="stage_tally",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change:+} at stage {self.stage_id}"


class Reservation(TenantModel):
    """An application that the queue has handed to somebody, until a time; nobody else is handed it."""

    application = models.OneToOneField(
        "ats.Application", on_delete=models.CASCADE, related_name="reservation"
    )
    account = models.ForeignKey("ats.Account", on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects = TenantQuerySet["Reservation"].as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.application_id} reserved by {self.account_id}"
