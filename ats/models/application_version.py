from __future__ import annotations

from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class ApplicationVersion(TenantModel):
    """What an application said until its candidate corrected it, at `created_at`."""

    application = models.ForeignKey("ats.Application", on_delete=models.CASCADE, related_name="versions")
    preference = models.PositiveSmallIntegerField(null=True, blank=True)
    resume = models.ForeignKey(
        "ats.Resume", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    question_set = models.ForeignKey(
        "ats.QuestionSet", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(help_text="By the key of the question.")

    objects = TenantQuerySet["ApplicationVersion"].as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"version {self.pk} of application {self.application_id}"
