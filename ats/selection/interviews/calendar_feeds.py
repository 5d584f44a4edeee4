"""Private addresses of calendars: whoever knows one reads it, so it can be revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.exchange.icalendar import feed
from ats.models import Account, CalendarFeed, Interview
from ats.models.tenancy import lock_for_counting

MOST_OF_ONE = 50
KEPT = timedelta(days=90)  # how long past interviews stay in a feed


@transaction.atomic
def open_feed(*, by: Account, name: str = "") -> tuple[CalendarFeed, str]:
    """A new feed and its token, which is shown once. Raises Conflict("too_many")."""
    lock_for_counting(by)
    if CalendarFeed.objects.filter(account=by, revoked_at=None).count() >= MOST_OF_ONE:
        raise Conflict("too_many", _("You have as many calendars as one may have: delete one first."))
    token = secrets.token_urlsafe(32)
    row = CalendarFeed.objects.create(account=by, name=name, digest=_digest(token))
    row.refresh_from_db()
    return row, token


def revoke_feed(*, by: Account, calendar: CalendarFeed) -> None:
    """From the next request on the address leads nowhere; revoking twice changes nothing."""
    rows = CalendarFeed.objects.filter(pk=calendar.pk, account=by, revoked_at=None)
    rows.update(revoked_at=Now())


def calendar_for(token: str) -> bytes | None:
    """The calendar that a token opens, as iCalendar; None for any other text."""
    live = CalendarFeed.objects.filter(revoked_at=None, account__is_active=True)
    row = live.select_related("account").filter(digest=_digest(token)).first()
    return feed(_interviews(row.account), row.account) if row else None


def _interviews(account: Account) -> QuerySet[Interview]:
    timed = Interview.objects.of_account(account).filter(during__endswith__gt=Now() - KEPT)
    related = ("organisation", "application__posting", "application__candidate", "slot__room")
    return timed.select_related(*related).order_by("during", "pk")


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
