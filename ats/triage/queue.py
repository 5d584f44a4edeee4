"""The queue: hands everybody another application, and each to nobody else while it is held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from ats.models import Application, Membership, Reservation

HELD_FOR = timedelta(minutes=15)

# The unique index decides. Whoever comes second, with a snapshot too old to see the first one's hold,
# meets its row here, finds that it has not run out, and is told so by getting nothing.
TAKE = """
INSERT INTO ats_reservation (application_id, organisation_id, account_id, until)
VALUES (%(application)s, %(organisation)s, %(account)s, statement_timestamp() + %(held_for)s)
ON CONFLICT (application_id) DO UPDATE
SET account_id = excluded.account_id, until = excluded.until
WHERE ats_reservation.until <= statement_timestamp()
"""


def next_of(rows: QuerySet[Application], *, by: Membership) -> Reservation | None:
    """The first of `rows`, in their order, that nobody holds: from now on held by `by`.

    None when there is no other. Rows that are being moved at this moment are passed over.
    """
    held = Reservation.objects.filter(application=OuterRef("pk"), until__gt=Now())
    free = rows.exclude(Exists(held))
    while True:
        with transaction.atomic():
            first = free.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
            if first is None:
                return None
            if _take(first, by):
                return Reservation.objects.get(application=first)


def _take(application: Application, by: Membership) -> bool:
    facts: dict[str, Any] = {
        "application": application.pk,
        "organisation": application.organisation_id,
        "account": by.account_id,
        "held_for": HELD_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, facts)
        return bool(cursor.rowcount)


def held_by(membership: Membership) -> QuerySet[Reservation]:
    """What somebody holds now."""
    own = Reservation.objects.for_org(membership.organisation).filter(account=membership.account)
    return own.filter(until__gt=Now())


def release(hold: Reservation) -> None:
    """Give an application back to the queue at once."""
    hold.delete()
