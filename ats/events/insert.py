"""The one statement that writes events in SQL, for verbs that record many at once."""

from __future__ import annotations

from ats.models import EventType


def insert_events(
    source: str,
    *,
    type: EventType | str,
    data: str,
    organisation: str = "%(organisation)s",
    actor: str = "%(actor)s::bigint",
    application: str = "application_id",
    **more: str,
) -> str:
    """`INSERT INTO ats_event ... SELECT`, one event for each row of `source`, in its order.

    `source` is a FROM clause with what may follow it; its rows have `posting_id` and `candidate_id`.
    All other arguments are SQL expressions, named after the columns; a type may be a member of the
    catalogue. The statement does not queue deliveries: `fan_out` does. It can be a part of a WITH, and
    RETURNING may follow it.
    """
    columns = {
        "organisation_id": organisation,
        "type": f"'{type}'" if isinstance(type, EventType) else type,
        "actor_id": actor,
        "posting_id": "posting_id",
        "candidate_id": "candidate_id",
        "application_id": application,
        "data": data,
    } | more
    names, values = ", ".join(columns), ", ".join(columns.values())
    return f"INSERT INTO ats_event ({names})\n    SELECT {values}\n    {source}"
