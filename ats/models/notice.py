from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ats.models.delivery import Channel
from ats.models.tenancy import TenantModel, TenantQuerySet


class NoticeTemplate(TenantModel):
    """An organisation's words for an event, by channel and language.

    Text with `{{ variables }}` and nothing else: it runs no code. Without `html` the text is shown.
    """

    type = models.CharField(max_length=40)
    channel = models.CharField(
        max_length=10, choices=[(Channel.EMAIL.value, Channel.EMAIL.label)], default=Channel.EMAIL
    )
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000)
    html = models.TextField(max_length=50_000, blank=True, default="")
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = TenantQuerySet["NoticeTemplate"].as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "type", "channel", "language"], name="notice_template_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} in {self.language}"


class NotificationPreferences(models.Model):
    """How a candidate wants to be notified by one organisation. Without a row: at once, of everything.

    `muted` are types of events without notices. From `quiet_from` to `quiet_until`, local times
    of `time_zone` and over midnight if need be, nothing arrives. With `digest` the news of a day
    arrive together, at `quiet_until` or nine in the morning.
    """

    candidate = models.OneToOneField(
        "ats.Candidate", primary_key=True, on_delete=models.CASCADE, related_name="notification_preferences"
    )
    muted = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=50, default="Asia/Shanghai")
    digest = models.BooleanField(default=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name_plural = "notification preferences"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True) ^ Q(quiet_until__isnull=False),
                name="notice_wish_quiet_has_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of candidate {self.candidate_id}"
