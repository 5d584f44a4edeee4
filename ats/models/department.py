from __future__ import annotations

from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class Department(TenantModel):
    """A part of the organisation that postings belong to."""

    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True, default="")

    objects = TenantQuerySet["Department"].as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="department_once"),
        ]

    def __str__(self) -> str:
        return self.name
