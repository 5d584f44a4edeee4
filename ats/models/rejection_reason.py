from __future__ import annotations

from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class RejectionReason(TenantModel):
    """Why applications are turned down, for the team's statistics: candidates do not see it."""

    name = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    objects = TenantQuerySet["RejectionReason"].as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="rejection_reason_once"),
        ]

    def __str__(self) -> str:
        return self.name
