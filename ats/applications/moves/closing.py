"""What ends with an application: its offers under way, and the interviews that are yet to come."""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from ats.events.insert import insert_events
from ats.models import EventType

OFFERS_WITHDRAWN = insert_events(
    "FROM offers",
    type=EventType.OFFER_WITHDRAWN,
    data="""jsonb_build_object('offer', id, 'from_state', state,
        'unheard', state <> 'extended' OR to_state <> 'rejected')""",
)
INTERVIEWS_CANCELLED = insert_events(
    "FROM interviews",
    type=EventType.INTERVIEW_CANCELLED,
    data="jsonb_build_object('interview', id, 'stage', stage_id, 'slot', slot_id)",
)
# Runs inside a move, after it: `%(move)s` names whose applications were closed. Of an offer the
# candidate hears only when turned down with it in hand: whoever withdrew or was hired needs no letter.
# An interview that is called off is told at once to all who would come, with their calendars.
END = f"""
WITH ended AS (
    SELECT application_id, posting_id, candidate_id, data ->> 'to_state' AS to_state
    FROM ats_event WHERE move_id = %(move)s
), offers AS (
    UPDATE ats_offer o SET state = 'withdrawn', updated_at = now()
    FROM ended, ats_offer before
    WHERE o.application_id = ended.application_id
        AND before.id = o.id AND o.state IN ('draft', 'approved', 'extended')
    RETURNING ended.*, o.id, before.state
), interviews AS (
    UPDATE ats_interview i SET state = 'cancelled', sequence = sequence + 1, updated_at = now()
    FROM ended
    WHERE i.application_id = ended.application_id
        AND i.state <> 'cancelled' AND (i.during IS NULL OR upper(i.during) > now())
    RETURNING ended.*, i.id, i.stage_id, i.slot_id
)
, offers_recorded AS (
    {OFFERS_WITHDRAWN}
)
{INTERVIEWS_CANCELLED}
"""
