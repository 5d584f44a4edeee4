"""New applications wait for their recruiter in a table, and nobody who applies waits.

A distribution locks the rules of its organisation. If it ran in the transaction of each application,
all applicants of an employer would queue behind each other. So the application only notes that it
needs a recruiter. Once it has committed, whoever gets the organisation's lock distributes what is
noted, and nobody else waits for that lock.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.db import connection, transaction

from ats.applications.assignments import distribute
from ats.applications.batches import lock_applications
from ats.models import PendingAssignment
from ats.outbox.routing import fan_out

DISTRIBUTING = 0x0D11_7E4  # the advisory lock of whoever distributes
MOST_AT_ONCE = 1000

REQUEST = """
INSERT INTO ats_pendingassignment (application_id, organisation_id)
SELECT id, organisation_id FROM ats_application WHERE id = ANY(%(ids)s)
ON CONFLICT (application_id) DO NOTHING
"""
# One lock for each organisation, taken only if it is free.
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(%(lock)s, %(organisation)s::int)"
TAKE = """
WITH taken AS (
    DELETE FROM ats_pendingassignment WHERE application_id IN (
        SELECT application_id FROM ats_pendingassignment WHERE organisation_id = %(organisation)s
        ORDER BY application_id LIMIT %(most)s)
    RETURNING application_id
)
SELECT application_id FROM taken ORDER BY application_id
"""


def request_distribution(organisation: int, applications: Collection[int]) -> None:
    """Note that applications which are just being made need a recruiter; distribute them after commit."""
    with connection.cursor() as cursor:
        cursor.execute(REQUEST, {"ids": list(applications)})
    distribute_after_commit(organisation)


def distribute_after_commit(organisation: int) -> None:
    """Distribute what is noted for an organisation once this transaction has committed.

    A process that dies before it does so leaves it to `distribute_all_pending`.
    """
    transaction.on_commit(partial(distribute_pending, organisation), robust=True)


def distribute_pending(organisation: int) -> int:
    """Distribute the noted applications of an organisation; how many were taken from the notes.

    If another process is doing it, there is nothing to wait for: that process looks again after it has
    released the lock, so it finds what had been committed before somebody was turned away.
    """
    total = 0
    while (taken := _distribute_some(organisation)) is not None:
        total += taken
        if not _is_pending(organisation):
            break
    return total


def distribute_all_pending() -> int:
    """The same for every organisation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT organisation_id FROM ats_pendingassignment")
        organisations = [pk for (pk,) in cursor.fetchall()]
    return sum(distribute_pending(organisation) for organisation in organisations)


@transaction.atomic
def _distribute_some(organisation: int) -> int | None:
    """How many were distributed, at most `MOST_AT_ONCE`; None if another process has the lock."""
    params = {"lock": DISTRIBUTING, "organisation": organisation, "most": MOST_AT_ONCE}
    with connection.cursor() as cursor:
        cursor.execute(TRY_LOCK, params)
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(TAKE, params)
        ids = [pk for (pk,) in cursor.fetchall()]
    if ids:
        lock_applications(organisation, ids)
        distribute(organisation, ids, actor=None)
        fan_out(organisation)
    return len(ids)


def _is_pending(organisation: int) -> bool:
    return PendingAssignment.objects.filter(organisation=organisation).exists()
