"""Who hears of which event: decided here alone, in the transaction that wrote the events."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.types.json import Jsonb

from ats.common.clock import NOW
from ats.models import ApplicationState, Channel, EventType, Role
from ats.models.event_catalogue import CATALOGUE, Audience, types_notifying
from ats.outbox.wakeup import wake_worker

# Whatever led to a rejection is announced as one.
NOTICE_TYPE = f"""CASE WHEN e.data ->> 'to_state' = '{ApplicationState.REJECTED}'
    THEN '{EventType.APPLICATION_REJECTED}' ELSE e.type END"""

# From the relation `recorded` (events with their campaign and person) to deliveries: a row for each recipient
# and channel. What is queued already stays as it is. Events of a group wait, so that they can be undone, and
# go out with those of the same person and campaign, whichever of the person's records applied.
QUEUED = f"""queued AS (
    INSERT INTO ats_delivery
        (organisation_id, event_id, application_id, recipient, channel, due_at, topic)
    SELECT organisation_id, id, application_id,
        'candidate:' || CASE WHEN is_grouped THEN person_id ELSE candidate_id END, '{Channel.EMAIL}',
        CASE WHEN is_grouped THEN {NOW} + %(group_wait)s ELSE {NOW} END,
        CASE WHEN is_grouped THEN (%(groups)s::jsonb ->> notice_type) || ':' || campaign_id ELSE '' END
    FROM (SELECT *, %(groups)s::jsonb ? notice_type AS is_grouped FROM recorded) recorded
    WHERE type = ANY(%(to_candidate)s) AND candidate_id IS NOT NULL
        AND NOT coalesce((data ->> 'unheard')::boolean, false)
    UNION ALL
    SELECT e.organisation_id, e.id, NULL, 'account:' || m.account_id, '{Channel.EMAIL}', {NOW}, ''
    FROM recorded e JOIN ats_membership m USING (organisation_id)
    WHERE e.type = ANY(%(to_owners)s) AND m.role = '{Role.OWNER}' AND m.ended_at IS NULL
    UNION ALL
    SELECT e.organisation_id, e.id, NULL, 'account:' || m.account_id, '{Channel.EMAIL}', {NOW}, ''
    FROM recorded e JOIN ats_panellist p
        ON p.slot_id IN ((e.data ->> 'slot')::bigint, (e.data ->> 'left_slot')::bigint)
    JOIN ats_membership m ON m.id = p.member_id
    WHERE e.type = ANY(%(to_panel)s)
    UNION ALL
    SELECT e.organisation_id, e.id, e.application_id, 'endpoint:' || p.id, '{Channel.WEBHOOK}', {NOW}, ''
    FROM recorded e JOIN ats_endpoint p USING (organisation_id)
    WHERE p.is_active AND CASE e.type
        WHEN '{EventType.ENDPOINT_TESTED}' THEN (e.data ->> 'endpoint')::bigint = p.id
        ELSE p.types = '{{}}' OR e.type = ANY(p.types) END
    ON CONFLICT (event_id, recipient, channel) DO NOTHING
    RETURNING channel
)"""
# The events of this transaction are found by its id.
FAN_OUT = f"""
WITH recorded AS MATERIALIZED (
    SELECT e.id, e.type, {NOTICE_TYPE} AS notice_type, e.organisation_id, e.application_id, e.candidate_id,
        e.data, p.campaign_id, coalesce(c.merged_into_id, c.id) AS person_id
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
    """The parameters of `QUEUED`, from the catalogue of events."""
    return {
        **{f"to_{audience}": [kind.value for kind in types_notifying(audience)] for audience in Audience},
        "groups": Jsonb({kind.value: spec.group for kind, spec in CATALOGUE.items() if spec.group}),
        "group_wait": settings.REJECTIONS_WAIT,
    }


def cancel_reversed(move: int) -> None:
    """Cancel the unsent letters about what a move has reversed, after its own have been queued."""
    with connection.cursor() as cursor:
        cursor.execute(SILENCE, {"move": move})


def reassign(records: Collection[int]) -> None:
    """Send the unsent letters about rejections of these candidates' applications to their persons."""
    with connection.cursor() as cursor:
        cursor.execute(READDRESS, {"records": list(records)})
