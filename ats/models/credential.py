from __future__ import annotations

import base64
import hmac
import re
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

CODE_DIGITS = 6
LONG_CODE_BYTES = 10  # 80 bits: nobody guesses that, so no guess at it is counted
LONG_CODE_GROUP = 4


class LoginCode(models.Model):
    """A code asked for by e-mail. It has two spellings, and neither is stored: see `code`, `long_code`."""

    email = models.EmailField()
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=10, default="en")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["email", "-created_at"], name="login_code_latest")]

    def __str__(self) -> str:
        return f"login code {self.pk}"

    @property
    def code(self) -> str:
        """Six digits, which only the secret key and the nonce together give."""
        digest = self._digest(b"")
        return str(int.from_bytes(digest, "big") % 10**CODE_DIGITS).zfill(CODE_DIGITS)

    @property
    def long_code(self) -> str:
        """Sixteen letters and digits in groups of four, too many to guess: "K7QX-…"."""
        letters = base64.b32encode(self._digest(b"long")[:LONG_CODE_BYTES]).decode()
        return "-".join(re.findall("." * LONG_CODE_GROUP, letters))

    def opens_by(self, presented: str) -> bool:
        """Whether one of the spellings was presented; hyphens and case of the long one do not matter."""
        spelling = self.code if presented.isdigit() else self.long_code.replace("-", "")
        return hmac.compare_digest(spelling.encode(), presented.replace("-", "").upper().encode())

    def _digest(self, purpose: bytes) -> bytes:
        return hmac.digest(settings.SECRET_KEY.encode(), self.nonce.bytes + purpose, "sha256")


class GuessBudget(models.Model):
    """When codes of six digits were guessed wrongly for a mailbox: what is left to guess follows from it.

    A mailbox that nobody has an account for has a budget, too.
    """

    email = models.EmailField(primary_key=True)
    guessed_at = ArrayField(models.DateTimeField())
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"budget of {len(self.guessed_at)} guesses"


class AccessToken(models.Model):
    """A bearer credential of an account; only its prefix and SHA-256 are stored."""

    account = models.ForeignKey("ats.Account", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, blank=True, default="")
    prefix = models.CharField(max_length=12, unique=True, editable=False)
    digest = models.BinaryField(max_length=32, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"token {self.prefix}"
