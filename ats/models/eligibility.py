from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class Outcome(models.TextChoices):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"


class RuleSetQuerySet(TenantQuerySet["RuleSet"]):
    def current(self) -> Self:
        """The newest version of each scope: the one in force."""
        scope = ("campaign_id", "department_id", "posting_id")
        return self.order_by(*scope, "-version").distinct(*scope)


class RuleSet(TenantModel):
    """One version of the eligibility rules of a campaign, a department or a posting; never changed.

    `tree` is `{"all": […]}`, `{"any": […]}`, `{"not": …}` or `{"kind": …, "params": {…}}`. A campaign
    names in `relaxable` the rule kinds that its postings may set aside; a posting names in `relaxes`
    those that it does.
    """

    campaign = models.ForeignKey(
        "ats.Campaign", null=True, blank=True, on_delete=models.CASCADE, related_name="rule_sets"
    )
    department = models.ForeignKey(
        "ats.Department", null=True, blank=True, on_delete=models.CASCADE, related_name="rule_sets"
    )
    posting = models.ForeignKey(
        "ats.Posting", null=True, blank=True, on_delete=models.CASCADE, related_name="rule_sets"
    )
    version = models.PositiveIntegerField()
    tree = models.JSONField()
    relaxable = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    relaxes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    created_by = models.ForeignKey("ats.Membership", null=True, on_delete=models.PROTECT, related_name="+")

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "department", "posting", "version"],
                name="rule_set_version_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(campaign__isnull=False, department__isnull=True, posting__isnull=True)
                | models.Q(campaign__isnull=True, department__isnull=False, posting__isnull=True)
                | models.Q(campaign__isnull=True, department__isnull=True, posting__isnull=False),
                name="rule_set_has_one_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"rules {self.pk}, version {self.version}"

    @property
    def scope(self) -> str:
        """The name of the column that says what the rules belong to."""
        return next(name for name in ("campaign", "department", "posting") if getattr(self, f"{name}_id"))


class Verdict(TenantModel):
    """What an application was judged by and with what result. The newest one stands; none is changed.

    `rule_sets` are the ids of the versions, `document` is what the candidate was or would be shown.
    """

    application = models.ForeignKey("ats.Application", on_delete=models.CASCADE, related_name="verdicts")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    rule_sets = ArrayField(models.BigIntegerField())
    document = models.JSONField()

    objects = TenantQuerySet["Verdict"].as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["application", "-id"], name="verdict_of_application"),
            # Whoever applies is found eligible: the others are few, and found without those.
            models.Index(
                fields=["organisation", "outcome", "application"],
                name="verdict_exceptional",
                condition=~models.Q(outcome=Outcome.ELIGIBLE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"
