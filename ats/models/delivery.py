from __future__ import annotations

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Now
from django.db.models.lookups import IsNull

from ats.models.tenancy import TenantQuerySet


class Channel(models.TextChoices):
    """A way to reach somebody: a row here, and a folder of its name in `ats/delivery/channels/`."""

    EMAIL = "email"
    WEBHOOK = "webhook"


class DeliveryState(models.TextChoices):
    """`waiting`: behind an earlier one of the same `ordering_key`; settling that one makes it due."""

    DUE = "due"
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


UNSETTLED = (DeliveryState.DUE, DeliveryState.WAITING)
ENDPOINT = "endpoint:"  # how an endpoint's name as a recipient begins; people's begin otherwise

# What is sent in order, channel by channel: everything to a person, to an endpoint one application's events.
ORDERING_KEY = Case(
    When(
        recipient__startswith=ENDPOINT,
        then=Concat(
            F("channel"),
            Value("/"),
            F("recipient"),
            Value("/"),
            Cast(Coalesce(F("application_id"), Value(0)), models.CharField()),
        ),
    ),
    default=Concat(F("channel"), Value("/"), F("recipient")),
)


class Delivery(models.Model):
    """Something of which somebody must be notified: the queue itself. Celery only drains it.

    It is about an event or a login code, for `recipient` (such as "candidate:12"), by one channel, once.
    A worker claims it by `lease` until `leased_until`; a lease that has run out may be taken by another
    worker, so receivers drop repeats by `uid`. Of an `ordering_key` one is sent at a time, and none while
    an earlier one is being retried. Unsent rows with one `group_key` and one ordering key go out as one
    message.
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
    channel = models.CharField(max_length=10, help_text="A member of `Channel`.")
    ordering_key = models.GeneratedField(
        expression=ORDERING_KEY, output_field=models.CharField(max_length=100), db_persist=True
    )
    group_key = models.CharField(max_length=60, blank=True, db_default="")
    state = models.CharField(max_length=9, choices=DeliveryState.choices, db_default=DeliveryState.DUE)
    due_at = models.DateTimeField(db_default=Now())
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(db_default=0)
    content = models.UUIDField(null=True, editable=False, help_text="Fingerprint of what a mail said.")
    last_error = models.CharField(max_length=500, blank=True, db_default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet["Delivery"].as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ("id",)
        # None has `lease`, `leased_until` or `attempts`: so a claim writes to no index. Each hot statement
        # has conditions that exactly one index can serve, so that no plan depends on statistics.
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
                condition=Q(state=DeliveryState.DUE, recipient__startswith=ENDPOINT),
            ),
            models.Index(
                fields=["ordering_key", "id"],
                name="delivery_in_order",
                condition=Q(settled_at__isnull=True),
            ),
            models.Index(
                fields=["ordering_key", "id"],
                name="delivery_waiting",
                condition=Q(state=DeliveryState.WAITING),
            ),
            models.Index(
                fields=["channel", "id"], name="delivery_dead", condition=Q(state=DeliveryState.DEAD)
            ),
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
                condition=Q(settled_at__isnull=True) ^ ~Q(state__in=UNSETTLED),
                name="delivery_settled_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True) ^ Q(login_code__isnull=True),
                name="delivery_tells_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
