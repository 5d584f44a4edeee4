from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from ats.models.tenancy import TenantModel, TenantQuerySet


class AssignmentRule(TenantModel):
    """Who looks after which applications. What a rule leaves empty it does not ask for.

    Of the rules that fit an application the lowest `position` decides; its shares take turns.
    """

    position = models.PositiveSmallIntegerField(default=0)
    track = models.ForeignKey("ats.Track", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(
        "ats.Posting", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    location = models.ForeignKey(
        "ats.Location", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    is_active = models.BooleanField(default=True)

    objects = TenantQuerySet["AssignmentRule"].as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "position"], name="assignment_rule_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"assignment rule {self.pk}"


class AssignmentShare(models.Model):
    """A recruiter's part in a rule: `weight` against the others', `assigned_count` applications so far."""

    rule = models.ForeignKey(AssignmentRule, on_delete=models.CASCADE, related_name="shares")
    member = models.ForeignKey("ats.Membership", on_delete=models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField(default=1)
    assigned_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["rule", "member"], name="assignment_share_once"),
            models.CheckConstraint(
                condition=models.Q(weight__range=(1, 100)), name="assignment_share_weight_sensible"
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.pk} of rule {self.rule_id}"


class PendingAssignment(TenantModel):
    """A new application that waits for its recruiter; see `ats.applications.pending_assignments`."""

    application = models.OneToOneField(
        "ats.Application", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = TenantQuerySet["PendingAssignment"].as_manager()

    def __str__(self) -> str:
        return f"application {self.application_id} waits for a recruiter"


class Assignment(TenantModel):
    """The one recruiter who looks after an application, and the rule that said so, if one did."""

    application = models.OneToOneField("ats.Application", on_delete=models.CASCADE, related_name="assignment")
    member = models.ForeignKey("ats.Membership", on_delete=models.CASCADE, related_name="assignments")
    rule = models.ForeignKey(
        AssignmentRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    assigned_at = models.DateTimeField(db_default=Now())

    objects = TenantQuerySet["Assignment"].as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["organisation", "-id"], name="assignment_newest"),
            models.Index(fields=["member", "-id"], name="assignment_of_member"),
        ]

    def __str__(self) -> str:
        return f"application {self.application_id} with member {self.member_id}"
