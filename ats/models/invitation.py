from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from ats.models.organisation import Role
from ats.models.tenancy import TenantModel, TenantQuerySet


class InvitationState(models.TextChoices):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


class InvitationQuerySet(TenantQuerySet["Invitation"]):
    def standing(self) -> Self:
        """Those that can be accepted now."""
        return self.filter(state=InvitationState.OPEN, expires_at__gt=Now())


class Invitation(TenantModel):
    """An address that was asked to join an organisation; who owns it is known once it is accepted.

    Whoever proves the address by signing in may accept, up to `expires_at`.
    """

    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    state = models.CharField(
        max_length=8, choices=InvitationState.choices, default=InvitationState.OPEN, editable=False
    )
    invited_by = models.ForeignKey("ats.Membership", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(
        "ats.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    expires_at = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["email"], name="invitation_of_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(state=InvitationState.OPEN),
                name="invitation_open_once",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_lower"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(state__in=InvitationState.values), name="invitation_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
