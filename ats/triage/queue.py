"""The queue: hands each recruiter another application, and reserves it for them for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from ats.models import Application, ApplicationState, Membership, Reservation

RESERVED_FOR = timedelta(minutes=15)

# The unique index decides. Of two at once the second, whose snapshot is too old to see the reservation
# of the first, meets its row here, finds that it has not run out, and gets nothing.
RESERVE = """
INSERT INTO ats_reservation (application_id, organisation_id, account_id, until)
VALUES (%(application)s, %(organisation)s, %(account)s, statement_timestamp() + %(reserved_for)s)
ON CONFLICT (application_id) DO UPDATE
SET account_id = excluded.account_id, until = excluded.until
WHERE ats_reservation.until <= statement_timestamp()
"""


def reserve_next(rows: QuerySet[Application], *, by: Membership) -> Reservation | None:
    """Reserve for `by` the first of `rows`, in their order, that is not reserved already; active ones first.

    None when there is no other. Rows that are being moved at this moment are passed over.
    """
    active = rows.filter(state=ApplicationState.ACTIVE)
    return _reserve_first(active, by) or _reserve_first(rows, by)


def _reserve_first(rows: QuerySet[Application], by: Membership) -> Reservation | None:
    reserved = Reservation.objects.filter(application=OuterRef("pk"), until__gt=Now())
    free = rows.exclude(Exists(reserved))
    while True:
        with transaction.atomic():
            first = free.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()
            if first is None:
                return None
            if _reserve(first, by):
                return Reservation.objects.get(application=first)


def _reserve(application: Application, by: Membership) -> bool:
    params: dict[str, Any] = {
        "application": application.pk,
        "organisation": application.organisation_id,
        "account": by.account_id,
        "reserved_for": RESERVED_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, params)
        return bool(cursor.rowcount)


def reservations_of(membership: Membership) -> QuerySet[Reservation]:
    """The applications that are reserved for a member now."""
    rows = Reservation.objects.for_org(membership.organisation).filter(account=membership.account)
    return rows.filter(until__gt=Now())


def release_reservation(reservation: Reservation) -> None:
    """Give an application back to the queue at once."""
    reservation.delete()
