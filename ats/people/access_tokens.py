"""Bearer tokens: what a proven address earns, for as long as it is used."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Least, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.common.row_loader import RowLoader
from ats.models import AccessToken, Account

TOKEN_LIFE = timedelta(days=30)
LONGEST_LIFE = timedelta(days=365)  # however often it is renewed
SEEN_EVERY = timedelta(days=1)
TOKEN_MARK = "intake"  # noqa: S105  (the first word of a token, so that a leaked one is recognised)

TOKEN, ACCOUNT = RowLoader(AccessToken, "t"), RowLoader(Account, "a")
LIVE_TOKEN = f"""
SELECT {TOKEN.sql}, {ACCOUNT.sql} FROM ats_accesstoken t JOIN ats_account a ON a.id = t.account_id
WHERE t.prefix = %s AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp() AND a.is_active
"""  # noqa: S608  (names of columns)


@transaction.atomic
def issue_token(*, account: Account, name: str = "") -> tuple[AccessToken, str]:
    """A new token and its secret, which is shown once: only its SHA-256 is kept."""
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        account=account,
        name=name,
        prefix=prefix,
        digest=hashlib.sha256(secret.encode()).digest(),
        expires_at=Now() + TOKEN_LIFE,
    )
    token.refresh_from_db()
    _mark_seen(account)
    return token, f"{TOKEN_MARK}_{prefix}_{secret}"


def token_for(presented: str) -> AccessToken | None:
    """The live token that a bearer string opens, with its account; None for anything else."""
    mark, _sep, rest = presented.partition("_")
    prefix, _sep, secret = rest.partition("_")
    with connection.cursor() as cursor:
        cursor.execute(LIVE_TOKEN, [prefix])
        row = cursor.fetchone()
    digest = hashlib.sha256(secret.encode()).digest()
    token = row and _with_account(iter(row))
    if token and mark == TOKEN_MARK and hmac.compare_digest(bytes(token.digest), digest):
        if token.account.last_seen_at < timezone.now() - SEEN_EVERY:
            _mark_seen(token.account)
        return token
    return None


def renew_token(*, by: Account, token: AccessToken) -> AccessToken:
    """Let a living token last thirty days from now, and never longer than a year in all.

    The secret stays the same. Raises Conflict("token_ended") for one that is revoked or has expired.
    """
    living = AccessToken.objects.filter(pk=token.pk, account=by, revoked_at=None, expires_at__gt=Now())
    if not living.update(expires_at=Least(Now() + TOKEN_LIFE, F("created_at") + LONGEST_LIFE)):
        raise Conflict("token_ended", _("This token has ended: sign in with a new code."))
    token.refresh_from_db()
    return token


def revoke_token(*, by: Account, token: AccessToken) -> None:
    """From the next request on the token opens nothing; revoking twice changes nothing."""
    AccessToken.objects.filter(pk=token.pk, account=by, revoked_at=None).update(revoked_at=Now())


def _mark_seen(account: Account) -> None:
    """Keep that the person was here: once a day, so that reading does not mean writing."""
    Account.objects.filter(pk=account.pk, last_seen_at__lt=Now() - SEEN_EVERY).update(last_seen_at=Now())


def _with_account(values: Iterator[Any]) -> AccessToken:
    token = TOKEN.load(values)
    token.account = ACCOUNT.load(values)
    return token
