from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from ats.models.tenancy import TenantModel, TenantQuerySet


class Assessment(TenantModel):
    """A written test that applicants take at a stage. From `threshold` points on it is passed.

    Nobody is rejected by a threshold: it informs people, and the edges that require it.
    """

    stage = models.ForeignKey("ats.Stage", on_delete=models.PROTECT, related_name="assessments")
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True, default="")
    maximum = models.DecimalField(max_digits=7, decimal_places=2, default=100)
    threshold = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)

    objects = TenantQuerySet["Assessment"].as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["stage", "name"], name="assessment_once"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="assessment_maximum_positive"),
            models.CheckConstraint(
                condition=Q(threshold__isnull=True) | Q(threshold__gte=0, threshold__lte=F("maximum")),
                name="assessment_threshold_within_reach",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentResultQuerySet(TenantQuerySet["AssessmentResult"]):
    def judged(self) -> Self:
        """With `is_passed`: by today's threshold, null where there is none."""
        passed = models.Case(
            models.When(assessment__threshold__isnull=True, then=None),
            default=Q(score__gte=F("assessment__threshold")),
            output_field=models.BooleanField(null=True),
        )
        return self.annotate(is_passed=passed)


class AssessmentResult(TenantModel):
    """What an application scored, under the id by which the testing system knows it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="results")
    application = models.ForeignKey(
        "ats.Application", on_delete=models.CASCADE, related_name="assessment_results"
    )
    external_id = models.CharField(max_length=200)
    score = models.DecimalField(max_digits=7, decimal_places=2)
    taken_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AssessmentResultQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["organisation", "-id"], name="assessment_result_newest")]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "external_id"], name="assessment_result_once"),
            models.CheckConstraint(condition=Q(score__gte=0), name="assessment_result_not_negative"),
        ]

    def __str__(self) -> str:
        return f"result {self.pk}"
