from __future__ import annotations

from typing import Self

from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class ConsentQuerySet(TenantQuerySet["Consent"]):
    def standing(self) -> Self:
        """Those given and not withdrawn."""
        return self.filter(withdrawn_at=None)


class Consent(TenantModel):
    """A candidate's agreement with one organisation to one version of one text.

    `created_at` is when it was given. A withdrawn one is kept: it is the proof of what was allowed when.
    """

    candidate = models.ForeignKey("ats.Candidate", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="consent_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
