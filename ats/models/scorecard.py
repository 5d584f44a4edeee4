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
        """The member's; and what others filed, once the member's on that application and stage is filed.

        Who oversees and has none to file there sees what is filed at once. To throw a draft away opens
        nothing. Nobody sees a draft of somebody else.
        """
        at_stage = {"application": OuterRef("application"), "stage": OuterRef("stage")}
        has_filed = Exists(Scorecard.objects.filed().filter(interviewer=member, **at_stage))
        may_read = Q(has_filed)
        if Role(member.role).includes(OVERSEES):
            may_read |= ~blind_for(member, OuterRef("application"), OuterRef("stage"))
        is_filed = Q(submitted_at__isnull=False)
        rows = self.for_org(member.organisation).filter(discarded_at=None)
        return rows.filter(Q(interviewer=member) | (is_filed & may_read))


def blind_for(member: Membership, application: OuterRef, stage: OuterRef | None = None) -> Q:
    """Whether a member has a scorecard to file there, and has not: begun, or expected after an interview.

    Without a stage: at any stage of the application.
    """
    at = {"application": application} | ({"stage": stage} if stage else {})
    begun = Scorecard.objects.filter(interviewer=member, submitted_at=None, **at)
    filed = Scorecard.objects.filed().filter(
        interviewer=member, application=OuterRef("application"), stage=OuterRef("stage")
    )
    interviews = Interview.objects.live().filter(slot__panel__member=member, **at)
    return Q(Exists(begun)) | Q(Exists(interviews.exclude(Exists(filed))))


class Scorecard(TenantModel):
    """One interviewer's judgement of an application at a stage: a draft until it is submitted.

    A draft that was thrown away is empty and stays: its author has begun to judge and is blind until
    they have filed.
    """

    application = models.ForeignKey("ats.Application", on_delete=models.CASCADE, related_name="scorecards")
    stage = models.ForeignKey("ats.Stage", on_delete=models.PROTECT, related_name="+")
    interviewer = models.ForeignKey(
        "ats.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recommendation = models.CharField(max_length=10, choices=Recommendation.choices, blank=True, default="")
    comment = models.TextField(max_length=10_000, blank=True, default="")
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    discarded_at = models.DateTimeField(null=True, blank=True, editable=False)
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
