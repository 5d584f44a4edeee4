"""Inserts an application with its verdict, its event and the notices, in one statement.

The same statement judges whether the posting takes applications at this instant. At a deadline many rows
of one posting are inserted at once: none waits for another, and whoever closes the posting waits for all.
The instant that is judged is stored as `created_at`, so that no stored application lies outside of its
season. The candidate's row must be locked, so that of two concurrent applications the second sees the
rank of the first.
"""

# ruff: noqa: S608  (only names of columns are put into the statement)
from __future__ import annotations

from typing import Any, NamedTuple, Unpack

from django.db import connection
from psycopg.types.json import Jsonb

from ats.applications.apply.context import ApplicationFields, ApplyContext
from ats.applications.insertion import insert_applications
from ats.common.person_records import records_of
from ats.common.row_loader import RowLoader
from ats.eligibility.verdicts.document import preferred_met
from ats.events.insert import insert_events
from ats.models import (
    Application,
    ApplicationState,
    Candidate,
    EventType,
    Posting,
    PostingState,
    Stage,
)
from ats.outbox.routing import QUEUED, recipient_params
from ats.outbox.wakeup import wake_worker

APPLICATION = RowLoader(Application, "inserted")
INSTANTS = ("created_at", "stage_entered_at", "state_entered_at", "updated_at")
STAGE = RowLoader(Stage, "s", {"id", "public_name", "public_name_zh"})

SUBMITTED = insert_events(
    "FROM inserted",
    type=EventType.APPLICATION_SUBMITTED,
    organisation="organisation_id",
    actor="NULL",
    application="id",
    data="jsonb_build_object('stage', stage_id, 'track', %(track)s::text)",
)
SOURCE = f"""FROM ats_posting p
    JOIN ats_campaign season ON season.id = p.campaign_id
    JOIN ats_candidate c ON c.id = %(candidate)s
    WHERE p.id = %(posting)s AND p.state = '{PostingState.OPEN}'
        AND p.question_set_id IS NOT DISTINCT FROM %(question_set)s
        AND NOT EXISTS (SELECT FROM ats_application a
            WHERE a.posting_id = p.id AND a.candidate_id = ANY(
                (SELECT {records_of("person")} FROM ats_candidate person
                    WHERE person.id = %(candidate)s)::bigint[]))
        AND (p.published_at IS NULL OR p.published_at <= statement_timestamp())
        AND season.opens_at <= statement_timestamp() AND statement_timestamp() < season.closes_at
        AND NOT EXISTS (SELECT FROM ats_application a
            WHERE a.candidate_id = %(candidate)s AND a.campaign_id = p.campaign_id
                AND a.posting_id <> p.id AND a.preference = %(preference)s
                AND a.state = '{ApplicationState.ACTIVE}')
    FOR SHARE OF p"""
INSERT = insert_applications(
    SOURCE,
    preference="%(preference)s",
    preferred_met="%(preferred_met)s",
    source="%(source)s",
    referral_id="%(referral)s",
    resume_id="(SELECT id FROM ats_resume WHERE id = %(resume)s FOR KEY SHARE)",
    question_set_id="p.question_set_id",
    answers="%(answers)s",
    **dict.fromkeys(INSTANTS, "statement_timestamp()"),
)
INSERT_APPLICATION = f"""
WITH inserted AS (
    {INSERT}
    ON CONFLICT (candidate_id, posting_id) DO NOTHING
    RETURNING *
), judged AS (
    INSERT INTO ats_verdict (organisation_id, application_id, outcome, rule_sets, document)
    SELECT organisation_id, id, %(outcome)s::text, %(rule_sets)s::bigint[], %(document)s
    FROM inserted WHERE %(outcome)s::text IS NOT NULL
), pending AS (
    INSERT INTO ats_pendingassignment (application_id, organisation_id)
    SELECT id, organisation_id FROM inserted WHERE EXISTS (SELECT FROM ats_assignmentrule r
        WHERE r.organisation_id = inserted.organisation_id AND r.is_active)
    RETURNING application_id
), submitted AS (
    {SUBMITTED}
    RETURNING id, type, type AS notice_type, organisation_id, application_id, candidate_id, data
), recorded AS (
    SELECT submitted.*, inserted.campaign_id, inserted.candidate_id AS person_id FROM submitted, inserted
), {QUEUED}
SELECT {APPLICATION.sql}, {STAGE.sql}, ARRAY(SELECT DISTINCT channel::text FROM queued),
    EXISTS (SELECT FROM pending)
FROM inserted JOIN ats_stage s ON s.id = inserted.stage_id
"""


class Inserted(NamedTuple):
    """`needs_assignment`: there are rules by which a recruiter gets it, and that is noted."""

    application: Application
    needs_assignment: bool


def insert_application(
    context: ApplyContext,
    candidate: Candidate,
    **fields: Unpack[ApplicationFields],
) -> Inserted | None:
    """The new row, with its posting, candidate and stage, stored with the verdict it was judged by.

    The event and its deliveries are written by the same statement. Returns None when the posting is
    closed at this instant or asks other questions than `context` has, when any record of the person
    has an application there, or when the candidate has another application of this rank.
    """
    posting, verdict = context.posting, fields["verdict"]
    params: dict[str, Any] = {
        "posting": posting.pk,
        "candidate": candidate.pk,
        "preference": fields["preference"],
        "preferred_met": preferred_met(verdict) if verdict else 0,
        "source": fields["source"],
        "referral": context.referral,
        "resume": context.resume,
        "question_set": posting.question_set_id,
        "answers": Jsonb(fields["answers"]),
        "outcome": verdict["outcome"] if verdict else None,
        "rule_sets": [row["id"] for row in verdict["rule_sets"]] if verdict else [],
        "document": Jsonb(verdict),
        "track": posting.track.code,
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT_APPLICATION, params | recipient_params())
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, channels, needs_assignment = row
    wake_worker(*channels)
    return Inserted(_application(columns, posting, candidate), needs_assignment)


def _application(columns: list[Any], posting: Posting, candidate: Candidate) -> Application:
    """The row as a model, with the related rows that are known already."""
    values = iter(columns)
    application = APPLICATION.load(values)
    application.stage, application.posting, application.candidate = STAGE.load(values), posting, candidate
    application.organisation, application.campaign, application.track = (
        posting.organisation,
        posting.campaign,
        posting.track,
    )
    return application
