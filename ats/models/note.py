from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from ats.models.tenancy import TenantModel, TenantQuerySet


class Note(TenantModel):
    """What a member writes down about an application, for the team alone."""

    application = models.ForeignKey("ats.Application", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        "ats.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(max_length=10_000)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = TenantQuerySet["Note"].as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["application", "-id"], name="note_of_application"),
            models.Index(fields=["organisation", "-id"], name="note_newest"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
