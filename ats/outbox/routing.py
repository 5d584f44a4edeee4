"""Who hears of which event: decided here alone, in the transaction that wrote the events."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import connection

from ats.common.clock import NOW
from ats.models import Channel, EventType
from ats.outbox.wakeup import wake_worker

CANDIDATE_HEARS_OF = [
    EventType.APPLICATION_SUBMITTED,
    EventType.APPLICATION_MOVED,
    EventType.APPLICATION_REJECTED,
    EventType.APPLICATION_WITHDRAWN,
    EventType.APPLICATION_HIRED,
    EventType.APPLICATION_UNREJECTED,
    EventType.MOVE_UNDONE,
    EventType.OFFER_EXTENDED,
    EventType.OFFER_EXPIRED,
    EventType.OFFER_WITHDRAWN,
    EventType.INTERVIEW_INVITED,
    EventType.INTERVIEW_SCHEDULED,
    EventType.INTERVIEW_RESCHEDULED,
    EventType.INTERVIEW_CANCELLED,
]
PANEL_HEARS_OF = [
    EventType.INTERVIEW_SCHEDULED,
    EventType.INTERVIEW_RESCHEDULED,
    EventType.INTERVIEW_CANCELLED,
]
NOTICE_TYPES = [(kind.value, kind.label) for kind in CANDIDATE_HEARS_OF]  # as choices of a field
OWNERS_HEAR_OF = [EventType.ENDPOINT_DISABLED]

# Of what the relation `told` holds, who hears of it. What is queued already stays as it is.
# Rejections wait, so that they can be undone, and go out with those of the same person and season,
# whichever of the person's records applied.
# What was only drafted, or only rearranged by the team, is told to no candidate.
QUEUED = f"""queued AS (
    INSERT INTO ats_delivery
        (organisation_id, event_id, application_id, recipient, channel, due_at, topic)
    SELECT organisation_id, id, application_id,
        'candidate:' || CASE WHEN is_rejection THEN person_id ELSE candidate_id END, 'email',
        CASE WHEN is_rejection THEN {NOW} + %(rejections_wait)s ELSE {NOW} END,
        CASE WHEN is_rejection THEN 'rejections:' || campaign_id ELSE '' END
    FROM told WHERE type = ANY(%(candidate_hears)s) AND candidate_id IS NOT NULL
        AND NOT coalesce((data ->> 'unheard')::boolean, false)
    UNION ALL
    SELECT told.organisation_id, told.id, NULL, 'account:' || m.account_id, 'email', {NOW}, ''
    FROM told JOIN ats_membership m USING (organisation_id)
    WHERE told.type = ANY(%(owners_hear)s) AND m.role = 'owner'
    UNION ALL
    SELECT told.organisation_id, told.id, NULL, 'account:' || m.account_id, 'email', {NOW}, ''
    FROM told JOIN ats_panellist p
        ON p.slot_id IN ((told.data ->> 'slot')::bigint, (told.data ->> 'left_slot')::bigint)
    JOIN ats_membership m ON m.id = p.member_id
    WHERE told.type = ANY(%(panel_hears)s)
    UNION ALL
    SELECT told.organisation_id, told.id, told.application_id, 'endpoint:' || p.id, 'webhook', {NOW}, ''
    FROM told JOIN ats_endpoint p USING (organisation_id)
    WHERE p.is_active AND CASE told.type
        WHEN 'endpoint.tested' THEN (told.data->>'endpoint')::bigint = p.id
        ELSE p.types = '{{}}' OR told.type = ANY(p.types) END
    ON CONFLICT (event_id, recipient, channel) DO NOTHING
    RETURNING channel
)"""
# The events of this transaction are found by its id.
FAN_OUT = f"""
WITH told AS MATERIALIZED (
    SELECT e.id, e.type, e.organisation_id, e.application_id, e.candidate_id, e.data, p.campaign_id,
        coalesce(c.merged_into_id, c.id) AS person_id,
        coalesce(e.data ->> 'to_state' = 'rejected', false) AS is_rejection
    FROM ats_event e
    LEFT JOIN ats_posting p ON p.id = e.posting_id
    LEFT JOIN ats_candidate c ON c.id = e.candidate_id
    WHERE e.organisation_id = %(organisation)s AND e.xid = pg_current_xact_id() AND e.id >= %(first)s
    ORDER BY e.id
), {QUEUED}
SELECT DISTINCT channel FROM queued
"""

# A letter that is not sent yet is cancelled with what it told of, and then needs no correction
# either; one that a worker holds may be on its way, and does. HR systems hear of both.
SILENCE = f"""
WITH silenced AS (
    UPDATE ats_delivery d SET state = 'cancelled', settled_at = {NOW}
    FROM ats_event e
    WHERE e.move_id = %(move)s AND d.event_id = (e.data ->> 'reverses')::bigint
        AND starts_with(d.recipient, 'candidate:') AND d.state = 'due'
        AND (d.leased_until IS NULL OR d.leased_until <= {NOW})
    RETURNING e.id, e.data ->> 'to_state' AS to_state
)
UPDATE ats_delivery d SET state = 'cancelled', settled_at = {NOW}
FROM silenced
WHERE d.event_id = silenced.id AND starts_with(d.recipient, 'candidate:') AND to_state <> 'rejected'
"""

# The letters about rejections that are still to be sent go to whoever stands for the person now.
READDRESS = f"""
UPDATE ats_delivery d SET recipient = 'candidate:' || coalesce(c.merged_into_id, c.id)
FROM ats_event e JOIN ats_candidate c ON c.id = e.candidate_id
WHERE d.event_id = e.id
    AND d.application_id IN (SELECT id FROM ats_application WHERE candidate_id = ANY(%(records)s))
    AND d.channel = 'email' AND d.state = 'due' AND starts_with(d.topic, 'rejections:')
    AND (d.leased_until IS NULL OR d.leased_until <= {NOW})
"""


def fan_out(organisation: int, *, first: int = 0) -> None:
    """Queue what the events that this transaction wrote for an organisation make due; wake a worker.

    One statement, however many events; called again it adds only what is new. `first` is the lowest
    id to look at.
    """
    facts = {"organisation": organisation, "first": first, **recipient_params()}
    with connection.cursor() as cursor:
        cursor.execute(FAN_OUT, facts)
        wake_worker(*(Channel(name) for (name,) in cursor.fetchall()))


def recipient_params() -> dict[str, Any]:
    """What `QUEUED` is run with."""
    return {
        "candidate_hears": [kind.value for kind in CANDIDATE_HEARS_OF],
        "panel_hears": [kind.value for kind in PANEL_HEARS_OF],
        "owners_hear": [kind.value for kind in OWNERS_HEAR_OF],
        "rejections_wait": settings.REJECTIONS_WAIT,
    }


def cancel_reversed(move: int) -> None:
    """Cancel the unsent letters about what a move has reversed, after its own have been queued."""
    with connection.cursor() as cursor:
        cursor.execute(SILENCE, {"move": move})


def reassign(records: Collection[int]) -> None:
    """Send the unsent letters about rejections of these candidates' applications to their persons."""
    with connection.cursor() as cursor:
        cursor.execute(READDRESS, {"records": list(records)})
