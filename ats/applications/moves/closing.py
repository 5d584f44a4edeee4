"""Closing what belongs to a closed application: its offers under way, and the interviews to come."""

# ruff: noqa: S608  (only states and event types are put into the statement)
from __future__ import annotations

from ats.applications.moves.decisions import REJECTED
from ats.events.insert import insert_events
from ats.models import EventType, InterviewState, OfferState
from ats.models.offer import LIVE

OFFERS_WITHDRAWN = insert_events(
    "FROM offers",
    type=EventType.OFFER_WITHDRAWN,
    data=f"""jsonb_build_object('offer', id, 'from_state', state,
        'unheard', state <> '{OfferState.EXTENDED}' OR to_state <> '{REJECTED}')""",
)
INTERVIEWS_CANCELLED = insert_events(
    "FROM interviews",
    type=EventType.INTERVIEW_CANCELLED,
    data="jsonb_build_object('interview', id, 'stage', stage_id, 'slot', slot_id)",
)
LIVE_OFFERS = ", ".join(f"'{state}'" for state in LIVE)

# Runs inside a move, after its statement: `%(move)s` names which applications were closed. The candidate
# hears of a withdrawn offer only when they had it in hand and are rejected: whoever withdrew or was hired
# needs no mail. A cancelled interview is announced at once to all participants, with their calendars.
CLOSE_OFFERS_AND_INTERVIEWS = f"""
WITH closed AS (
    SELECT application_id, posting_id, candidate_id, data ->> 'to_state' AS to_state
    FROM ats_event WHERE move_id = %(move)s
), offers AS (
    UPDATE ats_offer o SET state = '{OfferState.WITHDRAWN}', updated_at = now()
    FROM closed, ats_offer before
    WHERE o.application_id = closed.application_id
        AND before.id = o.id AND o.state IN ({LIVE_OFFERS})
    RETURNING closed.*, o.id, before.state
), interviews AS (
    UPDATE ats_interview i
    SET state = '{InterviewState.CANCELLED}', sequence = sequence + 1, updated_at = now()
    FROM closed
    WHERE i.application_id = closed.application_id
        AND i.state <> '{InterviewState.CANCELLED}' AND (i.during IS NULL OR upper(i.during) > now())
    RETURNING closed.*, i.id, i.stage_id, i.slot_id
)
, offers_recorded AS (
    {OFFERS_WITHDRAWN}
)
{INTERVIEWS_CANCELLED}
"""
