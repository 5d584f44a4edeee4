"""Proving an address by an e-mailed code.

A mail carries its code in two spellings. The six digits are quick to type, and could be guessed: a
budget for each mailbox limits that (`guess_budget`). The long spelling cannot be guessed, so it is
good whatever strangers have done to the budget: nobody can lock the owner of a mailbox out.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Invalid, TooMany
from ats.common.row_loader import RowLoader
from ats.models import Account, Channel, Delivery, LoginCode
from ats.models.account import normal_email
from ats.outbox.wakeup import wake_worker
from ats.people.candidates import claim_records
from ats.people.guess_budget import REFUND_GUESS, SPEND_GUESS

CODE_LIFE = timedelta(minutes=10)
LIVE_CODES = 5  # so many may be asked for at once; each further one only when the last is older than
AGAIN_AFTER = timedelta(minutes=2)

CODE = RowLoader(LoginCode, "c")
LIVE = "c.email = %(email)s AND c.used_at IS NULL AND c.expires_at > statement_timestamp()"
# One statement for every address, so that its duration shows nobody who has asked for a code.
GUESS = f"""
WITH spent AS ({SPEND_GUESS})
SELECT EXISTS(SELECT FROM spent), {CODE.sql} FROM (SELECT) one LEFT JOIN ats_logincode c ON {LIVE}
"""  # noqa: S608  (names of columns)
FIND = f"""
SELECT true, {CODE.sql} FROM (SELECT) one LEFT JOIN ats_logincode c ON {LIVE}
"""  # noqa: S608  (names of columns)


@transaction.atomic
def request_code(*, email: str, language: str) -> None:
    """Queue a code for an address. The same work is done whether or not anybody is known by it.

    When a mailbox has got enough codes that are still good, nothing is sent: the newest of those is
    at most two minutes old.
    """
    address = normal_email(email)
    _lock_mailbox(address)
    if not _may_have_another(LoginCode.objects.filter(email=address, used_at=None, expires_at__gt=Now())):
        return
    row = LoginCode.objects.create(email=address, language=language, expires_at=Now() + CODE_LIFE)
    Delivery.objects.create(login_code=row, recipient=f"login:{row.pk}", channel=Channel.EMAIL)
    wake_worker(Channel.EMAIL)


def redeem_code(*, email: str, code: str) -> Account:
    """The account that an address and one of its living codes open; made at the first time.

    Raises Invalid("code_invalid"), alike for a wrong, used, expired or never requested code, and
    TooMany("guesses_spent") for six digits when too many wrong ones were tried for this address.
    """
    row = prove_address(email=email, code=code)
    with transaction.atomic():
        account = Account.objects.for_email(row.email, language=row.language)[0]
        claim_records(account)
        return account


def prove_address(*, email: str, code: str) -> LoginCode:
    """The code that proves an address, used up by this. Raises as `redeem_code` does.

    The guess is counted before the code is compared, and stays counted unless the code is right.
    """
    address = normal_email(email)
    row = next((row for row in _living_codes(address, code) if row.opens_by(code)), None)
    if row is None or not LoginCode.objects.filter(pk=row.pk, used_at=None).update(used_at=Now()):
        raise Invalid("code_invalid", _("This code is wrong or has expired."), field="code")
    if code.isdigit():
        with connection.cursor() as cursor:
            cursor.execute(REFUND_GUESS, {"email": address})
    return row


def _living_codes(email: str, code: str) -> list[LoginCode]:
    """The codes of an address that are still good. For six digits a guess is spent."""
    with connection.cursor() as cursor:
        cursor.execute(GUESS if code.isdigit() else FIND, {"email": email})
        rows = cursor.fetchall()
    if not rows[0][0]:
        sentence = _(
            "Too many wrong codes were tried for this address. "
            "Use the long code of the mail, which always works, or wait an hour."
        )
        raise TooMany("guesses_spent", sentence, field="code")
    return [CODE.load(iter(row[1:])) for row in rows if row[1] is not None]


def _lock_mailbox(email: str) -> None:
    """Until the transaction ends, others who ask for a code for this mailbox wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"login:{email}"])


def _may_have_another(living: QuerySet[LoginCode]) -> bool:
    return living.count() < LIVE_CODES or not living.filter(created_at__gt=Now() - AGAIN_AFTER).exists()
