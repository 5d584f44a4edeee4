from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from ats.models.tenancy import TenantModel, TenantQuerySet


class OfferState(models.TextChoices):
    DRAFT = "draft"
    APPROVED = "approved"
    EXTENDED = "extended"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


LIVE = (OfferState.DRAFT, OfferState.APPROVED, OfferState.EXTENDED)
SHOWN = (OfferState.EXTENDED, OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED)


class Offer(TenantModel):
    """What is offered to one applicant. At most one of an application is under way.

    `deadline` is the instant from which it can not be accepted any more; an extended offer has one.
    """

    application = models.ForeignKey("ats.Application", on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=9, choices=OfferState.choices, db_default=OfferState.DRAFT)
    pay = models.CharField(max_length=300, blank=True, default="")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    terms = models.TextField(blank=True, default="", help_text="What the candidate reads.")
    deadline = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = TenantQuerySet["Offer"].as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["organisation", "-id"], name="offer_newest"),
            models.Index(
                fields=["deadline"],
                name="offer_deadline",
                condition=models.Q(state=OfferState.EXTENDED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(state__in=LIVE), name="offer_one_under_way"
            ),
            models.CheckConstraint(condition=models.Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=OfferState.EXTENDED) | models.Q(deadline__isnull=False),
                name="offer_extended_until",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"
