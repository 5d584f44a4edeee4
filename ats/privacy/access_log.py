from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ats.models import AccessRecord, Account, Membership
from ats.models.candidate_scope import visible_to_candidate
from ats.privacy.subjects import Subjects

# A list waits for its note to be written, but not for the disk.
# Of a server that loses its power the notes of the last 0.6 seconds may be lost, as PostgreSQL bounds it. In
# a transaction of the caller the note waits as long as the change does, and is lost only with it.
AT_ONCE = "FROM (SELECT 1) once"
WITHOUT_DISK = "FROM (SELECT set_config('synchronous_commit', 'off', true)) once"
OF_CANDIDATES = """
INSERT INTO ats_accessrecord (organisation_id, reader_id, resource, candidates)
SELECT %s, %s, %s, %s::bigint[] {once}
"""
OF_APPLICATIONS = """
INSERT INTO ats_accessrecord (organisation_id, reader_id, resource, candidates)
SELECT %s, %s, %s, (SELECT array_agg(DISTINCT candidate_id) FROM ats_application WHERE id = ANY(%s))
{once}
"""


def record_access(*, by: Membership, resource: str, candidates: Collection[int]) -> None:
    """Keep that a member was shown personal data of these candidates: one row, however many."""
    if candidates:
        _execute(OF_CANDIDATES, [by.organisation_id, by.pk, resource, sorted(set(candidates))])


def record_access_by_applications(*, by: Membership, resource: str, applications: Collection[int]) -> None:
    """The same of the candidates of these applications."""
    if applications:
        _execute(OF_APPLICATIONS, [by.organisation_id, by.pk, resource, list(applications)])


def _execute(statement: str, params: list[Any]) -> None:
    once = AT_ONCE if connection.in_atomic_block else WITHOUT_DISK
    with connection.cursor() as cursor:
        cursor.execute(statement.format(once=once), params)


def accesses_to(account: Account) -> QuerySet[AccessRecord]:
    """Every reading of a person's data at any organisation."""
    records = list(Subjects.of_account(account).candidates)
    rows = AccessRecord.objects.filter(candidates__overlap=records).select_related("organisation")
    return visible_to_candidate(rows)
