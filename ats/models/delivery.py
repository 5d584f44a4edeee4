from __future__ import annotations

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Now
from django.db.models.lookups import IsNull

from ats.models.tenancy import TenantQuerySet


class Channel(models.TextChoices):
    EMAIL = "email"
    WEBHOOK = "webhook"


class DeliveryState(models.TextChoices):
    DUE = "due"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


# What is sent in order: to a person one mail after the other, to an endpoint one application's events.
LANE = Case(
    When(
        channel=Channel.WEBHOOK,
        then=Concat(
            F("recipient"),
            Value("/"),
            Cast(Coalesce(F("application_id"), Value(0)), models.CharField()),
        ),
    ),
    default=F("recipient"),
)


class Delivery(models.Model):
    """Something that somebody must hear of: the queue itself. Celery only drains it.

    It tells of an event or of a login code, to `recipient` (such as "candidate:12"), by one
    channel, once. Whoever sends it holds it by `lease` until `leased_until`; a lease that has
    run out may be taken by another, so receivers de-duplicate by `uid`. Of a `lane` at most one
    is held at a time, and none while an earlier one is being retried. Unsent rows of one `topic` to one
    recipient go out together, as one message.
    """

    # Of 122 random bits, so unique without an index, of which every row would touch another page.
    uid = models.UUIDField(db_default=RandomUUID(), editable=False)
    # This and the application are those of the event, which are checked there.
    organisation = models.ForeignKey(
        "ats.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    event = models.ForeignKey(
        "ats.Event",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
    )
    login_code = models.ForeignKey(
        "ats.LoginCode",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
    )
    application = models.ForeignKey(
        "ats.Application",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_constraint=False,
    )
    recipient = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    lane = models.GeneratedField(
        expression=LANE, output_field=models.CharField(max_length=90), db_persist=True
    )
    topic = models.CharField(max_length=60, blank=True, db_default="")
    state = models.CharField(max_length=9, choices=DeliveryState.choices, db_default=DeliveryState.DUE)
    due_at = models.DateTimeField(db_default=Now())
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(db_default=0)
    last_error = models.CharField(max_length=500, blank=True, db_default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet["Delivery"].as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ("id",)
        # None holds `lease`, `leased_until` or `attempts`: so a claim writes to no index.
        indexes = [
            models.Index(
                F("channel"),
                IsNull(F("login_code"), True),  # noqa: FBT003  (somebody waits for a code: first)
                F("due_at"),
                F("id"),
                name="delivery_due",
                condition=Q(state=DeliveryState.DUE),
            ),
            models.Index(
                fields=["recipient", "due_at", "id"],
                name="delivery_due_to",
                condition=Q(state=DeliveryState.DUE, channel=Channel.WEBHOOK),
            ),
            models.Index(fields=["lane", "id"], name="delivery_lane", condition=Q(state=DeliveryState.DUE)),
            models.Index(
                fields=["organisation", "-id"],
                name="delivery_newest",
                condition=Q(organisation__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient", "channel"], name="delivery_of_event_once"),
            models.UniqueConstraint(
                fields=["login_code", "channel"],
                name="delivery_of_login_code_once",
                condition=Q(login_code__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True) ^ Q(login_code__isnull=True),
                name="delivery_tells_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
