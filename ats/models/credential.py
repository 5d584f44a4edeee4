from __future__ import annotations

import hmac
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

CODE_DIGITS = 6


class LoginCode(models.Model):
    """A code asked for by e-mail. The code itself is stored nowhere: see `code`."""

    email = models.EmailField()
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=10, default="en")
    attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["email", "-created_at"], name="login_code_latest")]

    def __str__(self) -> str:
        return f"login code {self.pk}"

    @property
    def code(self) -> str:
        """The digits, which only the secret key and the nonce together give."""
        digest = hmac.digest(settings.SECRET_KEY.encode(), self.nonce.bytes, "sha256")
        return str(int.from_bytes(digest, "big") % 10**CODE_DIGITS).zfill(CODE_DIGITS)


class AccessToken(models.Model):
    """A bearer credential of an account; only its prefix and SHA-256 are stored.

    `scopes` narrows what it may do; empty means all that the account may.
    """

    account = models.ForeignKey("ats.Account", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, blank=True, default="")
    prefix = models.CharField(max_length=12, unique=True, editable=False)
    digest = models.BinaryField(max_length=32, editable=False)
    scopes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"token {self.prefix}"
