from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now


def normal_email(raw: str) -> str:
    """The one spelling under which an address is stored and looked up (NFKC, lower case)."""
    return unicodedata.normalize("NFKC", raw).strip().lower()


class AccountManager(BaseUserManager["Account"]):
    def for_email(self, raw: str, **defaults: Any) -> tuple[Account, bool]:
        """The account that owns an address, made at its first use; (account, created)."""
        return self.get_or_create(email=normal_email(raw), defaults=defaults)


class Account(AbstractBaseUser):
    """A person's login. There are no passwords: an e-mailed code proves the address.

    The same account may be a member of organisations and have candidates at others.
    """

    password = None  # type: ignore[assignment]
    last_login = None

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    profile = models.JSONField(default=dict, help_text="A JSON Resume document.")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    last_seen_at = models.DateTimeField(
        db_default=Now(), editable=False, help_text="The last use of a token, to the day."
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_email_lower"),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"
