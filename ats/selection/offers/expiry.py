"""Enforcing deadlines. Accepting is refused from the deadline on; this is for the record."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from django.db import connection, transaction

from ats.events.insert import insert_events
from ats.models import EventType, OfferState
from ats.outbox.routing import fan_out

# Whatever somebody is answering at this instant is passed over, and found by the next run.
RECORD_EVENTS = insert_events(
    "FROM expired",
    type=EventType.OFFER_EXPIRED,
    organisation="organisation_id",
    actor="NULL",
    data=f"jsonb_build_object('offer', id, 'from_state', '{OfferState.EXTENDED}')",
)
EXPIRE = f"""
WITH due AS (
    SELECT id FROM ats_offer WHERE state = '{OfferState.EXTENDED}' AND deadline <= statement_timestamp()
    ORDER BY id FOR UPDATE SKIP LOCKED
), expired AS (
    UPDATE ats_offer o SET state = '{OfferState.EXPIRED}', updated_at = now()
    FROM due, ats_application a
    WHERE o.id = due.id AND a.id = o.application_id
    RETURNING o.id, o.organisation_id, a.id AS application_id, a.posting_id, a.candidate_id
), recorded AS (
    {RECORD_EVENTS}
)
SELECT organisation_id FROM expired
"""


@transaction.atomic
def expire_due() -> int:
    """Mark the offers whose deadline has passed, with their events; how many. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(EXPIRE)
        organisations = [organisation for (organisation,) in cursor.fetchall()]
    for organisation in sorted(set(organisations)):
        fan_out(organisation)
    return len(organisations)
