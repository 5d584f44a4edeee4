"""Proving an address by an e-mailed code, and the tokens that this earns."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.common.row_loader import RowLoader
from ats.models import AccessToken, Account, Channel, Delivery, LoginCode
from ats.models.account import normal_email
from ats.outbox.wakeup import wake_worker
from ats.people.candidates import claim_records

CODE_LIFE = timedelta(minutes=10)
CODE_ATTEMPTS = 5
TOKEN_LIFE = timedelta(days=30)
TOKEN_MARK = "intake"  # noqa: S105  (the first word of a token, so that a leaked one is recognised)

CODE = RowLoader(LoginCode, "c")
TRY_CODE = f"""
UPDATE ats_logincode c SET attempts = attempts + 1
WHERE id = (SELECT id FROM ats_logincode WHERE email = %s ORDER BY id DESC LIMIT 1)
    AND used_at IS NULL AND expires_at > statement_timestamp() AND attempts < %s
RETURNING {CODE.sql}
"""  # noqa: S608  (names of columns)
TOKEN, ACCOUNT = RowLoader(AccessToken, "t"), RowLoader(Account, "a")
LIVE_TOKEN = f"""
SELECT {TOKEN.sql}, {ACCOUNT.sql} FROM ats_accesstoken t JOIN ats_account a ON a.id = t.account_id
WHERE t.prefix = %s AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp() AND a.is_active
"""  # noqa: S608  (names of columns)


@transaction.atomic
def request_code(*, email: str, language: str) -> None:
    """Queue a code for an address. The same work is done whether or not anybody is known by it."""
    row = LoginCode.objects.create(email=normal_email(email), language=language, expires_at=Now() + CODE_LIFE)
    Delivery.objects.create(login_code=row, recipient=f"login:{row.pk}", channel=Channel.EMAIL)
    wake_worker(Channel.EMAIL)


def redeem_code(*, email: str, code: str) -> Account:
    """The account that an address and its latest code open; made at the first time.

    Raises Invalid("code_invalid"), alike for a wrong, used, expired or never requested code.
    """
    row = _try_once(normal_email(email))
    if row is None or not hmac.compare_digest(row.code.encode(), code.encode()):
        raise Invalid("code_invalid", _("This code is wrong or has expired."), field="code")
    with transaction.atomic():
        if not LoginCode.objects.filter(pk=row.pk, used_at=None).update(used_at=Now()):
            raise Invalid("code_invalid", _("This code is wrong or has expired."), field="code")
        account = Account.objects.for_email(row.email, language=row.language)[0]
        claim_records(account)
        return account


def _try_once(email: str) -> LoginCode | None:
    """The latest code of an address while it lives, with this attempt counted before it is compared.

    One statement for every address: how long it takes does not tell who has ever asked for a code.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRY_CODE, [email, CODE_ATTEMPTS])
        row = cursor.fetchone()
    return CODE.load(iter(row)) if row else None


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
        return token
    return None


def _with_account(values: Iterator[Any]) -> AccessToken:
    token = TOKEN.load(values)
    token.account = ACCOUNT.load(values)
    return token


def revoke_token(*, by: Account, token: AccessToken) -> None:
    """From the next request on the token opens nothing; revoking twice changes nothing."""
    AccessToken.objects.filter(pk=token.pk, account=by, revoked_at=None).update(revoked_at=Now())
