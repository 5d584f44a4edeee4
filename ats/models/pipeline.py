from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ats.models.organisation import Role
from ats.models.tenancy import TenantModel, TenantQuerySet


class Pipeline(TenantModel):
    """The stages that applications go through and the edges between them."""

    name = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True, default="")
    is_default = models.BooleanField(default=False)

    objects = TenantQuerySet["Pipeline"].as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="pipeline_once"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(is_default=True),
                name="pipeline_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StageKind(models.TextChoices):
    APPLIED = "applied"
    SCREENING = "screening"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"


class Stage(TenantModel):
    """A step of a pipeline. `public_name` is what candidates see; the name is for the team."""

    pipeline = models.ForeignKey(Pipeline, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=12, choices=StageKind.choices)
    name = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True, default="")
    public_name = models.CharField(max_length=100)
    public_name_zh = models.CharField(max_length=100, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    objects = TenantQuerySet["Stage"].as_manager()

    class Meta:
        ordering = ("pipeline", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["pipeline", "position"],
                name="stage_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["pipeline", "name"],
                name="stage_name_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=models.Q(kind__in=StageKind.values), name="stage_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Requirement(models.TextChoices):
    """What an edge may require; each is one condition in `ats.applications.moves.requirements`."""

    REASON = "reason"
    SCORECARD = "scorecard"
    ASSESSMENT = "assessment"


class Transition(TenantModel):
    """An allowed edge from one stage to another, the least role that may take it, what it requires."""

    from_stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="leaving")
    to_stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="entering")
    least_role = models.CharField(max_length=12, choices=Role.choices, default=Role.RECRUITER)
    requires = ArrayField(
        models.CharField(max_length=20, choices=Requirement.choices), default=list, blank=True
    )

    objects = TenantQuerySet["Transition"].as_manager()

    class Meta:
        ordering = ("from_stage", "to_stage")
        constraints = [
            models.UniqueConstraint(fields=["from_stage", "to_stage"], name="transition_once"),
            models.CheckConstraint(
                condition=~models.Q(from_stage=models.F("to_stage")), name="transition_goes_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_stage_id} to {self.to_stage_id}"
