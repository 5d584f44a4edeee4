"""The SQL of a move. Every move is a lock, then one statement: judge, update, tell, count.

The kinds differ only in how they judge: a CTE `judged` with a row per application that was asked
for, which says where it is, where it would go, whether a place is free, and the result.
"""

# ruff: noqa: S608  (only constants are put into the statements)

from __future__ import annotations

from ats.applications.moves.decisions import Decision
from ats.applications.moves.requirements import refusals
from ats.events.insert import insert_events

# In id order, so that two moves of the same people wait for each other and never deadlock.
# Locks are taken in the order stages, applications, postings, offers, by every verb.
LOCK_APPLICATIONS = """
SELECT id FROM ats_application
WHERE organisation_id = %(organisation)s AND id = ANY(%(ids)s)
ORDER BY id FOR NO KEY UPDATE
"""

# Of an undoing: where people came from may not vanish while they are on their way back.
LOCK_STAGES = """
SELECT id FROM ats_stage
WHERE id IN (SELECT (data ->> 'from_stage')::bigint FROM ats_event WHERE move_id = %(undoes)s)
ORDER BY id FOR KEY SHARE
"""

# Only for moves that take or give back a place.
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
        {to_stage} AS to_stage, %(enters)s AS to_state, {reverses} AS reverses,
        p.head_count - p.filled AS places, CASE
            WHEN a.id IS NULL THEN 'not_found'
            WHEN a.state <> ALL(%(leaves)s) THEN %(unless)s
            WHEN a.stage_id <> %(expected_stage)s THEN 'stage_changed'
            WHEN %(along_edges)s AND a.stage_id = {to_stage} THEN 'already_there'
            WHEN p.state = 'closed' AND NOT %(at_closed_posting)s THEN 'posting_closed'
            WHEN %(along_edges)s AND t.id IS NULL THEN 'no_such_edge'
            WHEN coalesce(t.least_role, %(least_role)s) <> ALL(%(roles)s) THEN 'role_too_low'
            {requirements}
            ELSE 'moved' END AS result
    FROM (SELECT DISTINCT unnest(%(ids)s::bigint[]) AS id) asked
    LEFT JOIN ats_application a ON a.id = asked.id AND a.organisation_id = %(organisation)s
    LEFT JOIN ats_posting p ON p.id = a.posting_id
    LEFT JOIN ats_stage s ON s.id = a.stage_id
    LEFT JOIN ats_stage hired ON hired.pipeline_id = s.pipeline_id AND hired.kind = 'hired'
    LEFT JOIN ats_transition t
        ON %(along_edges)s AND t.from_stage_id = a.stage_id AND t.to_stage_id = {to_stage}
)"""

# Back to where each was, unless a later move has touched it.
JUDGE_UNDO = """
WITH judged AS (
    SELECT a.id, a.posting_id, a.candidate_id, a.campaign_id,
        a.stage_id AS from_stage, a.state AS from_state,
        back.id AS to_stage, undone.data ->> 'from_state' AS to_state, undone.id AS reverses,
        p.head_count - p.filled AS places, CASE
            WHEN EXISTS (SELECT FROM ats_event later WHERE later.application_id = a.id
                AND later.id > undone.id AND later.move_id IS NOT NULL) THEN 'moved_since'
            WHEN back.id IS NULL THEN 'stage_gone'
            ELSE 'moved' END AS result
    FROM ats_event undone
    JOIN ats_application a ON a.id = undone.application_id
    JOIN ats_posting p ON p.id = a.posting_id
    LEFT JOIN ats_stage back ON back.id = (undone.data ->> 'from_stage')::bigint
    WHERE undone.move_id = %(undoes)s
)"""

# Out of stages that are about to vanish, whatever state each is in.
JUDGE_REMAP = """
WITH judged AS (
    SELECT a.id, a.posting_id, a.candidate_id, a.campaign_id,
        a.stage_id AS from_stage, a.state AS from_state,
        successor.to_stage, a.state AS to_state, NULL::bigint AS reverses,
        NULL::bigint AS places, 'moved' AS result
    FROM ats_application a
    JOIN unnest(%(from_stages)s::bigint[], %(to_stages)s::bigint[])
        AS successor(from_stage, to_stage) ON successor.from_stage = a.stage_id
    WHERE a.id = ANY(%(ids)s) AND a.organisation_id = %(organisation)s
)"""

# Of those who would take a place, as many as there are places, the earliest application first. Who goes
# elsewhere in the same batch, as when a withdrawal of hired and others is undone, takes no turn.
PLACE = """, placed AS (
    SELECT judged.*, CASE WHEN result = 'moved' AND to_state = 'hired'
        AND row_number() OVER (PARTITION BY posting_id, result, to_state ORDER BY id) > places
        THEN 'head_count_reached' ELSE result END AS outcome
    FROM judged
), counted_places AS (
    UPDATE ats_posting p SET filled = p.filled + taken.places
    FROM (
        SELECT posting_id, sum((to_state = 'hired')::int - (from_state = 'hired')::int) AS places
        FROM placed WHERE outcome = 'moved' GROUP BY posting_id
    ) taken
    WHERE p.id = taken.posting_id AND taken.places <> 0
)"""

PLACE_ALL = """, placed AS (SELECT judged.*, result AS outcome FROM judged)"""

RECORD_EVENTS = insert_events(
    "FROM placed WHERE outcome = 'moved' ORDER BY id",
    type="%(tells)s",
    application="id",
    move_id="%(move)s",
    data="""jsonb_strip_nulls(jsonb_build_object('from_stage', from_stage, 'to_stage', to_stage,
        'from_state', from_state, 'to_state', to_state, 'reverses', reverses)) || %(more)s::jsonb""",
)
CHANGE = f""", moved AS (
    UPDATE ats_application a
    SET stage_id = to_stage, state = to_state, updated_at = now(),
        stage_entered_at = CASE WHEN to_stage = from_stage THEN a.stage_entered_at ELSE now() END,
        state_entered_at = CASE WHEN to_state = from_state THEN a.state_entered_at ELSE now() END
    FROM placed WHERE placed.id = a.id AND outcome = 'moved'
), recorded AS (
    {RECORD_EVENTS}
), counted AS (
    UPDATE ats_move SET moved = (SELECT count(*) FROM placed WHERE outcome = 'moved')
    WHERE id = %(move)s
)"""

ANSWER = """
SELECT id, outcome FROM placed ORDER BY id
"""


def decide(decision: Decision) -> str:
    """The statement that carries out a decision of the table."""
    judge = JUDGE_DECISION.format(
        to_stage=decision.to_stage,
        reverses=decision.reverses or "NULL::bigint",
        requirements=refusals(),
    )
    place = PLACE if decision.counts_places else PLACE_ALL
    return judge + place + CHANGE + ANSWER


UNDO = JUDGE_UNDO + PLACE + CHANGE + ANSWER
REMAP = JUDGE_REMAP + PLACE_ALL + CHANGE + ANSWER
