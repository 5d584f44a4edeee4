from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from ats.models.interview import Interview
from ats.models.organisation import Membership, Role
from ats.models.tenancy import TenantModel, TenantQuerySet

# From this role on one sees the scorecards that others filed, unless one is to file one oneself.
OVERSEES = Role.RECRUITER


class ScorecardCriterion(TenantModel):
    """A line of a stage's scorecard: rated from 1 to `scale`. The lines of a stage are its template."""

    stage = models.ForeignKey("ats.Stage", on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True, default="")
    scale = models.PositiveSmallIntegerField(default=5)
    is_required = models.BooleanField(default=True)

    objects = TenantQuerySet["ScorecardCriterion"].as_manager()

    class Meta:
        verbose_name_plural = "scorecard criteria"
        ordering = ("stage", "position", "id")
        constraints = [
            models.UniqueConstraint(fields=["stage", "name"], name="scorecard_criterion_once"),
            models.CheckConstraint(
                condition=Q(scale__range=(2, 100)), name="scorecard_criterion_scale_sensible"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Recommendation(models.TextChoices):
    STRONG_NO = "strong_no"
    NO = "no"
    YES = "yes"
    STRONG_YES = "strong_yes"


class ScorecardQuerySet(TenantQuerySet["Scorecard"]):
    def filed(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def visible_to(self, member: Membership) -> Self:
        """One's own; and what others filed, once one's own on that application and stage is filed.

        Who oversees and has none to file there (no draft, no interview) sees what is filed at once.
        Nobody sees a draft of somebody else.
        """
        own = Scorecard.objects.filter(
            application=OuterRef("application"), stage=OuterRef("stage"), interviewer=member
        )
        may_read = Q(Exists(own.filed()))
        if Role(member.role).includes(OVERSEES):
            interviews = Interview.objects.live().filter(
                application=OuterRef("application"), stage=OuterRef("stage"), slot__panel__member=member
            )
            may_read |= ~Q(Exists(own)) & ~Q(Exists(interviews))
        is_filed = Q(submitted_at__isnull=False)
        return self.for_org(member.organisation).filter(Q(interviewer=member) | (is_filed & may_read))


class Scorecard(TenantModel):
    """One interviewer's judgement of an application at a stage: a draft until it is submitted."""

    application = models.ForeignKey("ats.Application", on_delete=models.CASCADE, related_name="scorecards")
    stage = models.ForeignKey("ats.Stage", on_delete=models.PROTECT, related_name="+")
    interviewer = models.ForeignKey(
        "ats.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recommendation = models.CharField(max_length=10, choices=Recommendation.choices, blank=True, default="")
    comment = models.TextField(max_length=10_000, blank=True, default="")
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["organisation", "-id"], name="scorecard_newest")]
        constraints = [
            models.UniqueConstraint(fields=["application", "stage", "interviewer"], name="scorecard_once"),
            models.CheckConstraint(
                condition=Q(recommendation="") | Q(recommendation__in=Recommendation.values),
                name="scorecard_recommendation_known",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(recommendation=""),
                name="scorecard_filed_recommends",
            ),
        ]

    def __str__(self) -> str:
        return f"scorecard {self.pk}"


class ScorecardScore(models.Model):
    """A rating on one line of a scorecard."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(ScorecardCriterion, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("criterion__position", "criterion_id")
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "criterion"], name="scorecard_score_once"),
            models.CheckConstraint(condition=Q(score__gte=1), name="scorecard_score_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.score} on criterion {self.criterion_id}"
