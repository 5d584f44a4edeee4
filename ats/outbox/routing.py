"""Who is notified of which event: decided here alone, in the transaction that wrote the events."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.types.json import Jsonb

from ats.common.clock import NOW
from ats.models import ApplicationState, Channel, DeliveryState, EventType, Role
from ats.models.delivery import ENDPOINT
from ats.models.event_catalogue import CATALOGUE, Audience, types_notifying
from ats.outbox.order import free_waiting
from ats.outbox.wakeup import wake_worker

# Whatever led to a rejection is announced as one.
NOTICE_TYPE = f"""CASE WHEN e.data ->> 'to_state' = '{ApplicationState.REJECTED}'
    THEN '{EventType.APPLICATION_REJECTED}' ELSE e.type END"""

# From the relation `recorded` (events with their campaign and person) to deliveries: a row for each recipient
# and channel. What is queued already stays as it is. Events of a group wait, so that they can be undone, and
# go out with those of the same person and campaign, whichever of the person's records applied. Whatever is
# looked up for an event is looked up by a key, row by row: see `ats.common.pinned_plans`.
QUEUED = f"""queued AS (
    INSERT INTO ats_delivery
        (organisation_id, event_id, application_id, recipient, channel, due_at, group_key)
    SELECT organisation_id, id, application_id,
        'candidate:' || CASE WHEN is_grouped THEN person_id ELSE candidate_id END, channel,
        CASE WHEN is_grouped THEN {NOW} + %(group_wait)s ELSE {NOW} END,
        CASE WHEN is_grouped THEN (%(groups)s::jsonb ->> notice_type) || ':' || campaign_id ELSE '' END
    FROM (SELECT *, %(groups)s::jsonb ? notice_type AS is_grouped FROM recorded) recorded
    CROSS JOIN unnest(%(channels)s::text[]) AS channel
    WHERE type = ANY(%(to_candidate)s) AND candidate_id IS NOT NULL
        AND NOT coalesce((data ->> 'unheard')::boolean, false)
    UNION ALL
    SELECT e.organisation_id, e.id, NULL, 'account:' || m.account_id, channel, {NOW}, ''
    FROM recorded e CROSS JOIN LATERAL (
        SELECT account_id FROM ats_membership
        WHERE organisation_id = e.organisation_id AND role = '{Role.OWNER}' AND ended_at IS NULL OFFSET 0
    ) m CROSS JOIN unnest(%(channels)s::text[]) AS channel
    WHERE e.type = ANY(%(to_owners)s)
    UNION ALL
    SELECT e.organisation_id, e.id, NULL, 'account:' || p.account_id, channel, {NOW}, ''
    FROM recorded e CROSS JOIN LATERAL (
        SELECT (SELECT account_id FROM ats_membership WHERE id = member_id) AS account_id FROM ats_panellist p
        WHERE p.slot_id IN ((e.data ->> 'slot')::bigint, (e.data ->> 'left_slot')::bigint)
        UNION
        SELECT account_id FROM ats_membership
        WHERE organisation_id = e.organisation_id AND e.data -> 'removed' @> to_jsonb(id) AND ended_at IS NULL
        OFFSET 0
    ) p CROSS JOIN unnest(%(channels)s::text[]) AS channel
    WHERE e.type = ANY(%(to_panel)s)
    UNION ALL
    SELECT e.organisation_id, e.id, NULL, 'invitation:' || (e.data ->> 'invitation'), channel, {NOW}, ''
    FROM recorded e CROSS JOIN unnest(%(channels)s::text[]) AS channel
    WHERE e.type = ANY(%(to_invited)s)
    UNION ALL
    SELECT e.organisation_id, e.id, e.application_id, '{ENDPOINT}' || p.id, '{Channel.WEBHOOK}', {NOW}, ''
    FROM recorded e CROSS JOIN LATERAL (
        SELECT id, types FROM ats_endpoint WHERE organisation_id = e.organisation_id AND is_active
        OFFSET 0
    ) p
    WHERE CASE e.type
        WHEN '{EventType.ENDPOINT_TESTED}' THEN (e.data ->> 'endpoint')::bigint = p.id
        ELSE p.types = '{{}}' OR e.type = ANY(p.types) END
    ON CONFLICT (event_id, recipient, channel) DO NOTHING
    RETURNING channel
)"""
# The events of this transaction are found by its id, and nothing else.
FAN_OUT = f"""
WITH recorded AS MATERIALIZED (
    SELECT e.id, e.type, {NOTICE_TYPE} AS notice_type, e.organisation_id, e.application_id, e.candidate_id,
        e.data, (SELECT campaign_id FROM ats_posting WHERE id = e.posting_id) AS campaign_id,
        (SELECT coalesce(merged_into_id, id) FROM ats_candidate WHERE id = e.candidate_id) AS person_id
    FROM (SELECT * FROM ats_event WHERE xid = pg_current_xact_id() OFFSET 0) e
    WHERE e.organisation_id = %(organisation)s AND e.id >= %(first)s
    ORDER BY e.id
), {QUEUED}
SELECT DISTINCT channel FROM queued
"""

IS_UNSENT = f"""d.state IN ('{DeliveryState.DUE}', '{DeliveryState.WAITING}')
    AND (d.leased_until IS NULL OR d.leased_until <= {NOW})"""
CANCELLED = f"SET state = '{DeliveryState.CANCELLED}', settled_at = {NOW}, last_error = %(reason)s"

# 1. A notice that is not sent yet is cancelled with the event that was reversed. Webhooks are not: HR systems
#    are notified of both. 2. Then the notice of the reversal is not needed either, but for a rejection.
#    A notice that a worker has claimed may be on its way: it stays, and so does that of the reversal.
CANCEL_REVERSED = f"""
WITH reversal AS MATERIALIZED (
    SELECT id, (data ->> 'reverses')::bigint AS reverses, data ->> 'to_state' AS to_state
    FROM ats_event WHERE move_id = %(move)s
), silenced AS (
    UPDATE ats_delivery d {CANCELLED}
    WHERE d.id = ANY(ARRAY(
        SELECT d.id FROM reversal CROSS JOIN LATERAL (
            SELECT * FROM ats_delivery WHERE event_id = reversal.reverses OFFSET 0
        ) d WHERE starts_with(d.recipient, 'candidate:') AND {IS_UNSENT}
    )) AND {IS_UNSENT} RETURNING d.event_id, d.ordering_key
), needless AS (
    UPDATE ats_delivery d {CANCELLED}
    WHERE d.id = ANY(ARRAY(
        SELECT d.id FROM reversal CROSS JOIN LATERAL (
            SELECT * FROM ats_delivery WHERE event_id = reversal.id OFFSET 0
        ) d WHERE starts_with(d.recipient, 'candidate:') AND to_state <> '{ApplicationState.REJECTED}'
            AND (reversal.reverses IN (SELECT event_id FROM silenced)) IS TRUE
    )) AND {IS_UNSENT} RETURNING d.ordering_key
)
SELECT ordering_key FROM silenced UNION SELECT ordering_key FROM needless
"""
UNDONE = "what it was about was undone"

# Of applications, the rejections that are not sent yet.
CANCEL_HIDDEN = f"""
UPDATE ats_delivery d {CANCELLED}
FROM ats_event e
WHERE d.application_id = ANY(%(applications)s) AND starts_with(d.recipient, 'candidate:') AND {IS_UNSENT}
    AND e.id = d.event_id AND e.data ->> 'to_state' = '{ApplicationState.REJECTED}'
RETURNING d.ordering_key
"""
OVERTAKEN = "the candidate decided before it was sent"

# The grouped notices that are still to be sent go to whoever stands for the person now.
REASSIGN = f"""
UPDATE ats_delivery d SET recipient = 'candidate:' || coalesce(c.merged_into_id, c.id)
FROM ats_event e JOIN ats_candidate c ON c.id = e.candidate_id
WHERE d.event_id = e.id
    AND d.application_id IN (SELECT id FROM ats_application WHERE candidate_id = ANY(%(records)s))
    AND starts_with(d.recipient, 'candidate:') AND d.group_key <> '' AND {IS_UNSENT}
"""


def fan_out(organisation: int, *, first: int = 0) -> None:
    """Queue what the events that this transaction wrote for an organisation make due; wake a worker.

    One statement, however many events; called again it adds only what is new. `first` is the lowest
    id to look at.
    """
    params = {"organisation": organisation, "first": first, **recipient_params()}
    with connection.cursor() as cursor:
        cursor.execute(FAN_OUT, params)
        wake_worker(*(channel for (channel,) in cursor.fetchall()))


def recipient_params() -> dict[str, Any]:
    """The parameters of `QUEUED`: from the catalogue of events, and the channels that reach people."""
    return {
        **{f"to_{audience}": [kind.value for kind in types_notifying(audience)] for audience in Audience},
        "groups": Jsonb({kind.value: spec.group for kind, spec in CATALOGUE.items() if spec.group}),
        "group_wait": settings.REJECTIONS_WAIT,
        "channels": settings.NOTICE_CHANNELS,
    }


def cancel_reversed(move: int) -> None:
    """Cancel the unsent notices of what a move has reversed, after its own have been queued."""
    with connection.cursor() as cursor:
        cursor.execute(CANCEL_REVERSED, {"move": move, "reason": UNDONE})
        free_waiting([key for (key,) in cursor.fetchall()])


def cancel_hidden(applications: Collection[int]) -> None:
    """Never announce the rejections of these applications that are not announced yet."""
    with connection.cursor() as cursor:
        cursor.execute(CANCEL_HIDDEN, {"applications": list(applications), "reason": OVERTAKEN})
        free_waiting([key for (key,) in cursor.fetchall()])


def reassign(records: Collection[int]) -> None:
    """Send the unsent grouped notices of these candidates' applications to their persons."""
    with connection.cursor() as cursor:
        cursor.execute(REASSIGN, {"records": list(records)})
