"""The SQL of a move. Every move is a lock, then one statement.

The statement has four steps, each a CTE:

1. `judged`: one row per application that was asked for, with where it is, where it would go, how many
   seats are free, and the result. Only this step differs between the kinds of move.
2. `seated`: of the applications that would be hired, as many as there are free seats.
3. `moved` and `recorded`: the update, and an event for each application that moved.
4. `counted`: the number of moved applications, in the row of the move.
"""

# ruff: noqa: S608  (only constants of this package are put into the statements)
from __future__ import annotations

from ats.applications.moves.decisions import HIRED, Decision
from ats.applications.moves.requirements import refusal_cases
from ats.applications.moves.results import Result
from ats.events.insert import insert_events
from ats.models import PostingState, StageKind
from ats.models.application import IS_HIDDEN

# Locks are taken in the order stages, applications, postings, offers, by every verb. For the
# applications see `ats.applications.batches.LOCK_APPLICATIONS`.

# For an undo: the stages that the applications go back to must not vanish meanwhile.
LOCK_STAGES = """
SELECT id FROM ats_stage
WHERE id IN (SELECT (data ->> 'from_stage')::bigint FROM ats_event WHERE move_id = %(undoes)s)
ORDER BY id FOR KEY SHARE
"""

# Only for moves that take or give back a seat.
LOCK_POSTINGS = """
SELECT id FROM ats_posting
WHERE id IN (SELECT posting_id FROM ats_application
    WHERE organisation_id = %(organisation)s AND id = ANY(%(ids)s))
ORDER BY id FOR NO KEY UPDATE
"""

# A statement of its own after the locks: its snapshot sees what their last holder committed.
JUDGE_DECISION = """
WITH judged AS (
    SELECT asked.id, a.posting_id, a.candidate_id, a.campaign_id,
        a.stage_id AS from_stage, a.state AS from_state,
        {to_stage} AS to_stage, %(to_state)s AS to_state, {reverses} AS reverses,
        p.head_count - p.filled AS free_seats, CASE
            WHEN a.id IS NULL THEN '{Result.NOT_FOUND}'
            WHEN a.state <> ALL(%(from_states)s)
                AND NOT (%(by_candidate)s AND {HIDDEN}) THEN %(refusal)s
            WHEN a.stage_id <> %(expected_stage)s THEN '{Result.STAGE_CHANGED}'
            WHEN %(along_edges)s AND a.stage_id = {to_stage} THEN '{Result.ALREADY_THERE}'
            WHEN p.state = '{PostingState.CLOSED}' AND NOT %(at_closed_posting)s
                THEN '{Result.POSTING_CLOSED}'
            WHEN %(along_edges)s AND t.id IS NULL THEN '{Result.NO_SUCH_EDGE}'
            WHEN coalesce(t.least_role, %(least_role)s) <> ALL(%(roles)s) THEN '{Result.ROLE_TOO_LOW}'
            {requirements}
            ELSE '{Result.MOVED}' END AS result
    FROM (SELECT DISTINCT unnest(%(ids)s::bigint[]) AS id) asked
    LEFT JOIN ats_application a ON a.id = asked.id AND a.organisation_id = %(organisation)s
    LEFT JOIN ats_posting p ON p.id = a.posting_id
    LEFT JOIN ats_stage s ON s.id = a.stage_id
    LEFT JOIN ats_stage hired ON hired.pipeline_id = s.pipeline_id AND hired.kind = '{StageKind.HIRED}'
    LEFT JOIN ats_transition t
        ON %(along_edges)s AND t.from_stage_id = a.stage_id AND t.to_stage_id = {to_stage}
)"""

# Back to where each was, unless a later move has touched it. Undoing takes the role that the move took, so
# that nobody takes back a decision that they may not make.
JUDGE_UNDO = f"""
WITH judged AS (
    SELECT a.id, a.posting_id, a.candidate_id, a.campaign_id,
        a.stage_id AS from_stage, a.state AS from_state,
        back.id AS to_stage, undone.data ->> 'from_state' AS to_state, undone.id AS reverses,
        p.head_count - p.filled AS free_seats, CASE
            WHEN EXISTS (SELECT FROM ats_event later WHERE later.application_id = a.id
                AND later.id > undone.id AND later.move_id IS NOT NULL) THEN '{Result.MOVED_SINCE}'
            WHEN back.id IS NULL THEN '{Result.STAGE_GONE}'
            WHEN coalesce(t.least_role, %(least_role)s) <> ALL(%(roles)s) THEN '{Result.ROLE_TOO_LOW}'
            ELSE '{Result.MOVED}' END AS result
    FROM ats_event undone
    JOIN ats_application a ON a.id = undone.application_id
    JOIN ats_posting p ON p.id = a.posting_id
    LEFT JOIN ats_stage back ON back.id = (undone.data ->> 'from_stage')::bigint
    LEFT JOIN ats_transition t ON %(along_edges)s AND t.from_stage_id = back.id
        AND t.to_stage_id = (undone.data ->> 'to_stage')::bigint
    WHERE undone.move_id = %(undoes)s
)"""

# Out of stages that are about to vanish, whatever state each is in.
JUDGE_REMAP = f"""
WITH judged AS (
    SELECT a.id, a.posting_id, a.candidate_id, a.campaign_id,
        a.stage_id AS from_stage, a.state AS from_state,
        successor.to_stage, a.state AS to_state, NULL::bigint AS reverses,
        NULL::bigint AS free_seats, '{Result.MOVED}' AS result
    FROM ats_application a
    JOIN unnest(%(from_stages)s::bigint[], %(to_stages)s::bigint[])
        AS successor(from_stage, to_stage) ON successor.from_stage = a.stage_id
    WHERE a.id = ANY(%(ids)s) AND a.organisation_id = %(organisation)s
)"""

# Seats go to the earliest applications. What goes elsewhere in the same batch, as when a withdrawal of
# hired and other applications is undone, takes no seat.
SEAT = f""", seated AS (
    SELECT judged.*, CASE WHEN result = '{Result.MOVED}' AND to_state = '{HIRED}'
        AND row_number() OVER (PARTITION BY posting_id, result, to_state ORDER BY id) > free_seats
        THEN '{Result.HEAD_COUNT_REACHED}' ELSE result END AS outcome
    FROM judged
), filled AS (
    UPDATE ats_posting p SET filled = p.filled + taken.seats
    FROM (
        SELECT posting_id, sum((to_state = '{HIRED}')::int - (from_state = '{HIRED}')::int) AS seats
        FROM seated WHERE outcome = '{Result.MOVED}' GROUP BY posting_id
    ) taken
    WHERE p.id = taken.posting_id AND taken.seats <> 0
)"""

NO_SEATS = """, seated AS (SELECT judged.*, result AS outcome FROM judged)"""

RECORD_EVENTS = insert_events(
    f"FROM seated WHERE outcome = '{Result.MOVED}' ORDER BY id",
    type="%(event_type)s",
    application="id",
    move_id="%(move)s",
    data="""jsonb_strip_nulls(jsonb_build_object('from_stage', from_stage, 'to_stage', to_stage,
        'from_state', from_state, 'to_state', to_state, 'reverses', reverses)) || %(extra)s::jsonb""",
)
CHANGE = f""", moved AS (
    UPDATE ats_application a
    SET stage_id = to_stage, state = to_state, updated_at = now(),
        stage_entered_at = CASE WHEN to_stage = from_stage THEN a.stage_entered_at ELSE now() END,
        state_entered_at = CASE WHEN to_state = from_state THEN a.state_entered_at ELSE now() END
    FROM seated WHERE seated.id = a.id AND outcome = '{Result.MOVED}'
), recorded AS (
    {RECORD_EVENTS}
), counted AS (
    UPDATE ats_move SET moved = (SELECT count(*) FROM seated WHERE outcome = '{Result.MOVED}')
    WHERE id = %(move)s
)"""

ANSWER = """
SELECT id, outcome FROM seated ORDER BY id
"""


def decision_statement(decision: Decision) -> str:
    """The statement that carries out a decision of the table."""
    judge = JUDGE_DECISION.format(
        to_stage=decision.to_stage,
        reverses=decision.reverses or "NULL::bigint",
        requirements=refusal_cases(),
        HIDDEN=IS_HIDDEN.format("a"),
        Result=Result,
        PostingState=PostingState,
        StageKind=StageKind,
    )
    return judge + (SEAT if decision.counts_seats else NO_SEATS) + CHANGE + ANSWER


UNDO = JUDGE_UNDO + SEAT + CHANGE + ANSWER
REMAP = JUDGE_REMAP + NO_SEATS + CHANGE + ANSWER
