from __future__ import annotations

import base64
import hmac
import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ats.models.tenancy import TenantModel, TenantQuerySet


class EndpointQuerySet(TenantQuerySet["Endpoint"]):
    def kept(self) -> Self:
        """Without those that were removed, whose rows stay for their deliveries' sake."""
        return self.filter(removed_at=None)


class Endpoint(TenantModel):
    """An address of an HR system that hears of events by webhook.

    `types` narrows what it hears of; empty means everything. After a failure it rests until
    `rests_until`, and `failing_since` is the first failure behind its last success.
    The signing secret is stored nowhere: see `secret`. After a rotation the one before it signs
    too, until `previous_until`.
    """

    url = models.CharField(max_length=2000)
    description = models.CharField(max_length=200, blank=True, default="")
    types = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    disabled_reason = models.CharField(max_length=200, blank=True, default="", editable=False)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    previous_nonce = models.UUIDField(null=True, blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    rests_until = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(
                fields=["organisation", "-id"],
                name="endpoint_newest",
                condition=Q(removed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"endpoint {self.pk}"

    @property
    def recipient(self) -> str:
        return f"endpoint:{self.pk}"

    @property
    def secret(self) -> str:
        """The secret that signs now, as Standard Webhooks writes it."""
        return _secret(self.nonce)

    def secrets(self, now: datetime) -> list[str]:
        """The secrets that sign at `now`, the newest first: two during a rotation."""
        is_rotating = self.previous_until is not None and now < self.previous_until
        nonces = [self.nonce, *([self.previous_nonce] if is_rotating and self.previous_nonce else [])]
        return [_secret(nonce) for nonce in nonces]


def _secret(nonce: uuid.UUID) -> str:
    """What only WEBHOOK_KEY and the nonce together give: a stolen database signs nothing."""
    digest = hmac.digest(settings.WEBHOOK_KEY.encode(), nonce.bytes, "sha256")
    return "whsec_" + base64.b64encode(digest).decode()
