"""An application with its verdict, its event and who hears of it, in one statement that judges whether
one may apply now.

At a deadline the rows of a posting are inserted by many at once: none waits for another, and whoever
closes the posting waits for all. The instant that is judged is the one that is stored as `created_at`,
so that no stored application lies outside of its season. The candidate's row must be locked, so that
of two applications at once the second sees the rank of the first.
"""

# ruff: noqa: S608  (only names of columns are put into the statement)
from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection
from psycopg.types.json import Jsonb

from ats.applications.apply.context import ApplyContext
from ats.common.person_records import records_of
from ats.common.row_loader import RowLoader
from ats.eligibility.verdicts.document import Document
from ats.events.insert import insert_events
from ats.models import Account, Application, Candidate, EventType, Posting, Stage
from ats.outbox.routing import QUEUED, recipient_params
from ats.outbox.wakeup import wake_worker
from ats.postings.questions.answers import Answers

APPLICATION = RowLoader(Application, "made")
STAGE = RowLoader(Stage, "s", {"id", "public_name", "public_name_zh"})

SUBMITTED = insert_events(
    "FROM made",
    type=EventType.APPLICATION_SUBMITTED,
    organisation="organisation_id",
    actor="NULL",
    application="id",
    data="jsonb_build_object('stage', stage_id, 'track', %(track)s::text)",
)
INSERT = f"""
WITH made AS (
    INSERT INTO ats_application (
        organisation_id, campaign_id, posting_id, candidate_id, track_id, graduates_on, stage_id,
        preference, source, referral_id, resume_id, question_set_id, answers,
        created_at, stage_entered_at, state_entered_at, updated_at
    )
    SELECT p.organisation_id, p.campaign_id, p.id, %(candidate)s, p.track_id,
        (SELECT graduates_on FROM ats_education WHERE candidate_id = %(candidate)s AND is_latest),
        (SELECT id FROM ats_stage WHERE pipeline_id = p.pipeline_id ORDER BY position LIMIT 1),
        %(preference)s, %(source)s, %(referral)s,
        (SELECT id FROM ats_resume WHERE id = %(resume)s FOR KEY SHARE),
        p.question_set_id, %(answers)s,
        statement_timestamp(), statement_timestamp(), statement_timestamp(), statement_timestamp()
    FROM ats_posting p JOIN ats_campaign c ON c.id = p.campaign_id
    WHERE p.id = %(posting)s AND p.state = 'open'
        AND p.question_set_id IS NOT DISTINCT FROM %(question_set)s
        AND NOT EXISTS (SELECT FROM ats_application a
            WHERE a.posting_id = p.id AND a.candidate_id = ANY(
                (SELECT {records_of("own")} FROM ats_candidate own WHERE own.id = %(candidate)s)::bigint[]))
        AND c.opens_at <= statement_timestamp() AND statement_timestamp() < c.closes_at
        AND NOT EXISTS (SELECT FROM ats_application a
            WHERE a.candidate_id = %(candidate)s AND a.campaign_id = p.campaign_id
                AND a.posting_id <> p.id AND a.preference = %(preference)s AND a.state = 'active')
    FOR SHARE OF p
    ON CONFLICT (candidate_id, posting_id) DO NOTHING
    RETURNING *
), judged AS (
    INSERT INTO ats_verdict (organisation_id, application_id, outcome, rule_sets, document)
    SELECT organisation_id, id, %(outcome)s::text, %(rule_sets)s::bigint[], %(document)s
    FROM made WHERE %(outcome)s::text IS NOT NULL
), submitted AS (
    {SUBMITTED}
    RETURNING id, type, type AS notice_type, organisation_id, application_id, candidate_id, data
), recorded AS (
    SELECT submitted.*, made.campaign_id, made.candidate_id AS person_id FROM submitted, made
), {QUEUED}
SELECT {APPLICATION.sql}, {STAGE.sql}, ARRAY(SELECT DISTINCT channel::text FROM queued),
    EXISTS (SELECT FROM ats_assignmentrule r
        WHERE r.organisation_id = made.organisation_id AND r.is_active)
FROM made JOIN ats_stage s ON s.id = made.stage_id
"""


class Made(NamedTuple):
    """`is_dealt`: there are rules by which applications are given to recruiters."""

    application: Application
    needs_assignment: bool


def insert_application(
    wanted: ApplyContext,
    candidate: Candidate,
    *,
    by: Account,
    verdict: Document | None,
    preference: int | None,
    source: str,
    answers: Answers,
) -> Made | None:
    """The new row, with its posting, candidate and stage at hand; kept with what it was judged by.

    The event and its deliveries are written by the same statement. None when the posting is closed at
    this instant or asks something else than `wanted` says, or when any record of the person has an
    application there, or the candidate another one of this rank.
    """
    posting = wanted.posting
    facts: dict[str, Any] = {
        "posting": posting.pk,
        "candidate": candidate.pk,
        "preference": preference,
        "source": source,
        "referral": wanted.referral,
        "resume": wanted.resume,
        "question_set": posting.question_set_id,
        "answers": Jsonb(answers),
        "outcome": verdict["outcome"] if verdict else None,
        "rule_sets": [row["id"] for row in verdict["rule_sets"]] if verdict else [],
        "document": Jsonb(verdict),
        "track": posting.track.code,
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT, facts | recipient_params())
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, channels, needs_assignment = row
    wake_worker(*channels)
    return Made(_application(columns, posting, candidate), needs_assignment)


def _application(columns: list[Any], posting: Posting, candidate: Candidate) -> Application:
    """The row as a model, with what is known of it, so that it is not asked for again."""
    values = iter(columns)
    made = APPLICATION.load(values)
    made.stage, made.posting, made.candidate = STAGE.load(values), posting, candidate
    made.organisation, made.campaign, made.track = posting.organisation, posting.campaign, posting.track
    return made
