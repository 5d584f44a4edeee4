"""Closing what belongs to a closed application: its offers under way, and the interviews to come.

What a candidate sees of a rejected application stays until the rejection is announced: an offer that
vanished, or an interview that was called off, would say it before the mail does.
"""

# ruff: noqa: S608  (only states and event types are put into the statements)
from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection, transaction

from ats.applications.batches import LOCK_APPLICATIONS
from ats.applications.moves.decisions import REJECTED, Closing
from ats.events.insert import insert_events
from ats.models import EventType, InterviewState, OfferState
from ats.models.application import IS_HIDDEN
from ats.models.interview import COMING
from ats.models.offer import LIVE
from ats.outbox.routing import fan_out

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
COMING_INTERVIEWS = ", ".join(f"'{state}'" for state in COMING)
LIVE_OFFERS = ", ".join(f"'{state}'" for state in LIVE)
DRAFTS = f"'{OfferState.DRAFT}', '{OfferState.APPROVED}'"
IS_TO_COME = f"i.state IN ({COMING_INTERVIEWS}) AND (i.during IS NULL OR upper(i.during) > now())"


def _withdraw_offers(closed: str, states: str) -> str:
    return f"""
WITH closed AS ({closed}), offers AS (
    UPDATE ats_offer o SET state = '{OfferState.WITHDRAWN}', updated_at = now()
    FROM closed, ats_offer before
    WHERE o.application_id = closed.application_id AND before.id = o.id AND o.state IN ({states})
    RETURNING closed.*, o.id, before.state
)"""


def _close_all(closed: str) -> str:
    """The candidate hears of a withdrawn offer only when they had it in hand and are rejected: whoever
    withdrew or was hired needs no mail. A cancelled interview is announced at once to all participants,
    with their calendars.
    """
    return f"""{_withdraw_offers(closed, LIVE_OFFERS)}, interviews AS (
    UPDATE ats_interview i
    SET state = '{InterviewState.CANCELLED}', sequence = sequence + 1, updated_at = now()
    FROM closed
    WHERE i.application_id = closed.application_id AND {IS_TO_COME}
    RETURNING closed.*, i.id, i.stage_id, i.slot_id
), offers_recorded AS (
    {OFFERS_WITHDRAWN}
)
{INTERVIEWS_CANCELLED}
"""


# They run inside a move, after its statement: `%(move)s` names which applications were closed.
BY_MOVE = """
    SELECT application_id, posting_id, candidate_id, data ->> 'to_state' AS to_state
    FROM ats_event WHERE move_id = %(move)s
"""
CLOSE: dict[Closing, str] = {
    Closing.ALL: _close_all(BY_MOVE),
    Closing.DRAFTS: _withdraw_offers(BY_MOVE, DRAFTS) + OFFERS_WITHDRAWN,
}

IS_ANNOUNCED = f"a.state = '{REJECTED}' AND NOT {IS_HIDDEN.format('a')}"
FIND_ANNOUNCED = f"""
SELECT a.organisation_id, a.id FROM ats_application a
WHERE a.id IN (
    SELECT application_id FROM ats_offer WHERE state IN ({LIVE_OFFERS})
    UNION SELECT application_id FROM ats_interview i WHERE {IS_TO_COME}
) AND {IS_ANNOUNCED}
ORDER BY a.organisation_id, a.id
"""
CLOSE_ANNOUNCED = _close_all(
    f"""
    SELECT a.id AS application_id, a.posting_id, a.candidate_id, a.state AS to_state
    FROM ats_application a
    WHERE a.organisation_id = %(organisation)s AND a.id = ANY(%(ids)s) AND {IS_ANNOUNCED}
"""
)


def close_announced() -> int:
    """Close what belongs to applications whose rejection was announced; how many. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_ANNOUNCED)
        found: dict[int, list[int]] = defaultdict(list)
        for organisation, application in cursor.fetchall():
            found[organisation].append(application)
    for organisation, ids in found.items():
        _close_announced(organisation, ids)
    return sum(map(len, found.values()))


@transaction.atomic
def _close_announced(organisation: int, ids: list[int]) -> None:
    params: dict[str, Any] = {"organisation": organisation, "ids": ids, "actor": None}
    with connection.cursor() as cursor:
        cursor.execute(LOCK_APPLICATIONS, params)
        cursor.execute(CLOSE_ANNOUNCED, params)
    fan_out(organisation)
