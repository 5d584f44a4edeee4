from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class AccessRecord(TenantModel):
    """One answer that showed personal data to a member: who read, when, and of which candidates.

    A page of fifty people is one row, so that the record costs a page one small insert.
    """

    reader = models.ForeignKey("ats.Membership", null=True, on_delete=models.PROTECT, related_name="+")
    resource = models.CharField(max_length=40, help_text="As the permission table names it.")
    candidates = ArrayField(models.BigIntegerField())

    objects = TenantQuerySet["AccessRecord"].as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [GinIndex("candidates", name="access_of_candidate")]

    def __str__(self) -> str:
        return f"access record {self.pk}"
