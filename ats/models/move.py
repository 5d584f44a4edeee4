from __future__ import annotations

from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class MoveKind(models.TextChoices):
    """What a move does. The last two are consequences: of undoing one, of editing a pipeline."""

    STAGE = "stage"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    HIRE = "hire"
    UNREJECT = "unreject"
    REAPPLY = "reapply"
    UNDO = "undo"
    REMAP = "remap"


class Move(TenantModel):
    """One decision about one application or many: what was asked, by whom. Its items are its events."""

    kind = models.CharField(max_length=8, choices=MoveKind.choices, db_default=MoveKind.STAGE)
    actor = models.ForeignKey(
        "ats.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_stage = models.ForeignKey(
        "ats.Stage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rejection_reason = models.ForeignKey(
        "ats.RejectionReason", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    reason = models.CharField(max_length=500, blank=True, default="")
    asked = models.PositiveIntegerField()
    moved = models.PositiveIntegerField(default=0)

    objects = TenantQuerySet["Move"].as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=MoveKind.values), name="move_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind=MoveKind.UNDO) ^ models.Q(undoes__isnull=True),
                name="move_undoes_another",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=MoveKind.REJECT) ^ models.Q(rejection_reason__isnull=True),
                name="move_rejects_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"move {self.pk}"
