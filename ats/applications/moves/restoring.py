"""Restoring the offers and interviews that a move has closed, when the move is undone.

1. Lock the slots of the cancelled interviews, so that nobody books them meanwhile.
2. `closed`: what the transaction of the undone move closed, of the applications that are active again.
3. `offers`: back to the state before, unless the deadline is past or another offer is under way.
4. `interviews`: scheduled or invited again, unless the time is past, the slot is gone or taken, or the
   person has another interview then or at that stage. Whoever had confirmed is asked again.
5. Events for what was restored: the candidate hears again of what had been called off.
6. The answer: each offer and interview, and whether it is restored.
"""

# ruff: noqa: S608  (only states and event types are put into the statements)
from __future__ import annotations

from dataclasses import dataclass

from ats.applications.moves.closing import LIVE_OFFERS
from ats.applications.moves.decisions import ACTIVE
from ats.common.person_records import records_of
from ats.events.insert import insert_events
from ats.models import EventType, InterviewState, OfferState
from ats.models.interview import BOOKED

BOOKED_STATES = ", ".join(f"'{state}'" for state in BOOKED)


@dataclass(frozen=True, slots=True)
class Related:
    """An offer or an interview that the undone move had closed: one of the two ids is given."""

    application: int
    offer: int | None
    interview: int | None
    is_restored: bool


CLOSED = f"""closed AS (
    SELECT c.id AS reverses, c.type, c.application_id, c.posting_id, c.candidate_id, c.data
    FROM ats_event c
    WHERE c.xid = (SELECT xid FROM ats_event WHERE move_id = %(undoes)s LIMIT 1)
        AND c.type IN ('{EventType.OFFER_WITHDRAWN}', '{EventType.INTERVIEW_CANCELLED}')
        AND c.application_id IN (SELECT application_id FROM ats_event
            WHERE move_id = %(move)s AND data ->> 'to_state' = '{ACTIVE}')
)"""
LOCK_SLOTS = f"""
WITH {CLOSED}
SELECT id FROM ats_interviewslot WHERE id IN (SELECT (data ->> 'slot')::bigint FROM closed)
ORDER BY id FOR UPDATE
"""
EVENT_OF_OFFER = f"""CASE state
    WHEN '{OfferState.DRAFT}' THEN '{EventType.OFFER_DRAFTED}'
    WHEN '{OfferState.APPROVED}' THEN '{EventType.OFFER_APPROVED}'
    ELSE '{EventType.OFFER_EXTENDED}' END"""
OFFERS_RESTORED = insert_events(
    "FROM offers",
    type=EVENT_OF_OFFER,
    data=f"""jsonb_build_object('offer', id, 'from_state', '{OfferState.WITHDRAWN}', 'reverses', reverses,
        'unheard', (data ->> 'unheard')::boolean)""",
)
INTERVIEWS_RESTORED = insert_events(
    "FROM interviews",
    type=f"""CASE state WHEN '{InterviewState.INVITED}' THEN '{EventType.INTERVIEW_INVITED}'
        ELSE '{EventType.INTERVIEW_SCHEDULED}' END""",
    data="""jsonb_build_object('interview', id, 'stage', stage_id, 'slot', slot_id, 'reverses', reverses)""",
)
RESTORE = f"""
WITH {CLOSED}, offers AS (
    UPDATE ats_offer o SET state = closed.data ->> 'from_state', updated_at = now()
    FROM closed
    WHERE closed.type = '{EventType.OFFER_WITHDRAWN}' AND o.id = (closed.data ->> 'offer')::bigint
        AND o.state = '{OfferState.WITHDRAWN}'
        AND (closed.data ->> 'from_state' <> '{OfferState.EXTENDED}' OR o.deadline > now())
        AND NOT EXISTS (SELECT FROM ats_offer other
            WHERE other.application_id = o.application_id AND other.state IN ({LIVE_OFFERS}))
    RETURNING closed.*, o.id, o.state
), interviews AS (
    UPDATE ats_interview i SET state = CASE WHEN i.during IS NULL
            THEN '{InterviewState.INVITED}' ELSE '{InterviewState.SCHEDULED}' END,
        sequence = sequence + 1, updated_at = now()
    FROM closed, ats_candidate c
    WHERE closed.type = '{EventType.INTERVIEW_CANCELLED}' AND c.id = closed.candidate_id
        AND i.id = (closed.data ->> 'interview')::bigint AND i.state = '{InterviewState.CANCELLED}'
        AND (i.during IS NULL OR i.slot_id IS NOT NULL AND lower(i.during) > now())
        AND NOT EXISTS (SELECT FROM ats_interview other
            WHERE other.application_id = i.application_id AND other.stage_id = i.stage_id
                AND other.state <> '{InterviewState.CANCELLED}')
        AND NOT EXISTS (SELECT FROM ats_interview other
            WHERE other.slot_id = i.slot_id AND other.state IN ({BOOKED_STATES}))
        AND NOT EXISTS (SELECT FROM ats_interview other
            JOIN ats_application a ON a.id = other.application_id
            WHERE a.candidate_id = ANY({records_of("c")})
                AND other.during && i.during AND other.state IN ({BOOKED_STATES}))
    RETURNING closed.*, i.id, i.state, i.stage_id, i.slot_id
), offers_recorded AS (
    {OFFERS_RESTORED}
), interviews_recorded AS (
    {INTERVIEWS_RESTORED}
)
SELECT application_id, (data ->> 'offer')::bigint, (data ->> 'interview')::bigint,
    reverses IN (SELECT reverses FROM offers UNION ALL SELECT reverses FROM interviews)
FROM closed ORDER BY reverses
"""
