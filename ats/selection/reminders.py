"""Reminders to candidates: an interview within a day, a slot not chosen, an offer that ends. Once each.

A reminder is an event, written by the schedule; the notice follows from the catalogue, so a mail comes in the
candidate's language, outside of their quiet hours, and not at all where reminders are muted.
"""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from ats.common.clock import NOW
from ats.events.insert import insert_events
from ats.models import ApplicationState, EventType, InterviewState, OfferState
from ats.outbox.routing import fan_out

BEFORE = timedelta(days=1)
CHOOSE_WITHIN = timedelta(days=2)
REMINDING = 0x0D11_7E4  # the advisory lock of whoever reminds


class Reminder(NamedTuple):
    """`source` finds what a reminder is due of; `data` is the event's; both say the same thing once."""

    type: EventType
    source: str
    data: str


INTERVIEW_DATA = "jsonb_build_object('interview', r.id, 'stage', r.stage_id, 'slot', r.slot_id)"
REMINDERS = (
    Reminder(
        EventType.INTERVIEW_REMINDED,
        f"""ats_interview WHERE state IN ('{InterviewState.SCHEDULED}', '{InterviewState.CONFIRMED}')
            AND lower(during) > {NOW} AND lower(during) <= {NOW} + %(before)s""",
        INTERVIEW_DATA,
    ),
    Reminder(
        EventType.INTERVIEW_CHOICE_REMINDED,
        f"""ats_interview WHERE state = '{InterviewState.INVITED}'
            AND updated_at <= {NOW} - %(choose_within)s""",
        INTERVIEW_DATA,
    ),
    Reminder(
        EventType.OFFER_REMINDED,
        f"""ats_offer WHERE state = '{OfferState.EXTENDED}'
            AND deadline > {NOW} AND deadline <= {NOW} + %(before)s""",
        "jsonb_build_object('offer', r.id, 'from_state', r.state)",
    ),
)


def _statement(reminder: Reminder) -> str:
    """One event for each row that is due and has none with the same data: another slot gets a new one."""
    inserted = insert_events(
        f"""FROM (SELECT * FROM {reminder.source}) r JOIN ats_application a ON a.id = r.application_id
    WHERE a.state = '{ApplicationState.ACTIVE}' AND NOT EXISTS (
        SELECT FROM ats_event e
        WHERE e.application_id = r.application_id AND e.type = '{reminder.type}' AND e.data = {reminder.data}
    ) ORDER BY r.id""",
        type=reminder.type,
        organisation="r.organisation_id",
        actor="NULL",
        application="a.id",
        data=reminder.data,
    )
    return f"{inserted} RETURNING organisation_id"


STATEMENTS = tuple(_statement(reminder) for reminder in REMINDERS)


@transaction.atomic
def remind_all() -> int:
    """Write the reminders that are due, with their notices; how many. Safe to repeat, also at once."""
    params: dict[str, Any] = {"before": BEFORE, "choose_within": CHOOSE_WITHIN}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REMINDING])
        organisations: list[int] = []
        for statement in STATEMENTS:
            cursor.execute(statement, params)
            organisations += [organisation for (organisation,) in cursor.fetchall()]
    for organisation in sorted(set(organisations)):
        fan_out(organisation)
    return len(organisations)
