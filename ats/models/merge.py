from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class Merge(TenantModel):
    """The finding that two candidates are one person. It only sets pointers, so undoing it loses nothing.

    `members` are the records that were made to point to `kept`: `merged` itself and those that
    pointed to it.
    """

    actor = models.ForeignKey(
        "ats.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept = models.ForeignKey("ats.Candidate", on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey("ats.Candidate", on_delete=models.PROTECT, related_name="+")
    members = ArrayField(models.BigIntegerField())
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet["Merge"].as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class DismissedPair(TenantModel):
    """The finding that two candidates who look alike are two people: the pair is not shown again."""

    actor = models.ForeignKey(
        "ats.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    newer = models.ForeignKey("ats.Candidate", on_delete=models.CASCADE, related_name="+")
    older = models.ForeignKey("ats.Candidate", on_delete=models.CASCADE, related_name="+")

    objects = TenantQuerySet["DismissedPair"].as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["newer", "older"], name="distinction_once"),
            models.CheckConstraint(
                condition=models.Q(newer__gt=models.F("older")), name="distinction_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.newer_id} is not {self.older_id}"
