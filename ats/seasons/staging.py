"""How a generated season gets into the tables: by COPY into temporary ones, and from there in bulk.

Python makes facts in the order of people; the tables are filled in the order of time, as they would
have been. Ids come from the tables' own sequences, so a live system is not disturbed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from psycopg import sql

CHUNK = 20_000  # rows that one statement puts in place

STAGED = """
CREATE TEMP TABLE season_person (
    number int, id bigint DEFAULT nextval(pg_get_serial_sequence('ats_candidate', 'id')),
    name text, email text, language text, institution_id bigint, institution_name text,
    degree int, major text, starts_on date, graduates_on date, words text[], at int
);
CREATE TEMP TABLE season_filing (
    person int, posting_id bigint, preference int, source text, stages bigint[], times int[]
);
"""
PERSON = (
    "number, name, email, language, institution_id, institution_name, degree, major, starts_on,"
    " graduates_on, words, at"
)
FILING = "person, posting_id, preference, source, stages, times"

# What was staged, in the order of time and with the ids that the rows will have.
ORDERED = (
    """
    CREATE TEMP TABLE season_application AS
    SELECT nextval(pg_get_serial_sequence('ats_application', 'id')) AS id, sorted.* FROM (
        SELECT row_number() OVER (ORDER BY f.times[1], p.number, f.posting_id) AS number,
            p.id AS candidate_id, p.graduates_on, f.*
        FROM season_filing f JOIN season_person p ON p.number = f.person
        ORDER BY number
    ) sorted
    """,
    """
    CREATE TEMP TABLE season_event AS
    SELECT row_number() OVER (ORDER BY h.time, a.id, h.step) AS number, a.id AS application_id,
        a.candidate_id, a.posting_id, a.stages[h.step - 1] AS from_stage, h.stage AS to_stage,
        h.time
    FROM season_application a, unnest(a.stages, a.times) WITH ORDINALITY h(stage, time, step)
    """,
    """
    CREATE TEMP TABLE season_move AS
    SELECT nextval(pg_get_serial_sequence('ats_move', 'id')) AS id, sorted.* FROM (
        SELECT row_number() OVER (ORDER BY time, to_stage) AS number, time, to_stage,
            count(*) AS asked
        FROM season_event WHERE from_stage IS NOT NULL GROUP BY time, to_stage ORDER BY number
    ) sorted
    """,
    *(
        f"ALTER TABLE season_{name} ADD PRIMARY KEY (number); ANALYZE season_{name}"
        for name in ("person", "application", "event", "move")
    ),
)

# Each takes the rows numbered from %(first)s to before %(end)s of one ordered table.
CANDIDATES = """
INSERT INTO ats_candidate
    (id, organisation_id, name, email, phone, language, schools, words, created_at, updated_at)
SELECT id, %(organisation)s, name, email, '', language, institution_name,
    array_to_tsvector(words), made.at, made.at
FROM season_person, LATERAL (SELECT %(opens)s + at * interval '1 second' AS at) made
WHERE number >= %(first)s AND number < %(end)s ORDER BY number
"""
EDUCATIONS = """
INSERT INTO ats_education (candidate_id, institution_id, institution_name, degree, major,
    starts_on, graduates_on, is_latest)
SELECT id, institution_id, institution_name, degree, major, starts_on, graduates_on, true
FROM season_person WHERE number >= %(first)s AND number < %(end)s ORDER BY number
"""
APPLICATIONS = """
INSERT INTO ats_application
    (id, organisation_id, campaign_id, posting_id, candidate_id, track_id, graduates_on, stage_id,
    state, preference, source, created_at, stage_entered_at, state_entered_at,
    updated_at)
SELECT a.id, %(organisation)s, p.campaign_id, a.posting_id, a.candidate_id, p.track_id,
    a.graduates_on, last.id, CASE last.kind WHEN 'hired' THEN 'hired' ELSE 'active' END,
    a.preference, a.source,
    %(opens)s + a.times[1] * interval '1 second', came.at,
    CASE last.kind WHEN 'hired' THEN came.at ELSE %(opens)s + a.times[1] * interval '1 second' END, came.at
FROM season_application a JOIN ats_posting p ON p.id = a.posting_id
JOIN ats_stage last ON last.id = a.stages[cardinality(a.stages)], LATERAL (
    SELECT %(opens)s + a.times[cardinality(a.times)] * interval '1 second' AS at) came
WHERE a.number >= %(first)s AND a.number < %(end)s ORDER BY a.number
"""
MOVES = """
INSERT INTO ats_move
    (id, organisation_id, actor_id, to_stage_id, kind, reason, asked, moved, created_at)
SELECT m.id, %(organisation)s, (%(actors)s::bigint[])[1 + number %% cardinality(%(actors)s)],
    to_stage, CASE s.kind WHEN 'hired' THEN 'hire' ELSE 'stage' END, '', asked, asked,
    %(opens)s + time * interval '1 second'
FROM season_move m JOIN ats_stage s ON s.id = m.to_stage
WHERE number >= %(first)s AND number < %(end)s ORDER BY number
"""
EVENTS = """
INSERT INTO ats_event (organisation_id, type, actor_id, move_id, posting_id, candidate_id,
    application_id, data, created_at)
SELECT %(organisation)s,
    CASE WHEN m.id IS NULL THEN 'application.submitted' WHEN m.kind = 'hire' THEN 'application.hired'
        ELSE 'application.moved' END,
    m.actor_id, m.id, e.posting_id, e.candidate_id, e.application_id,
    CASE WHEN m.id IS NULL
        THEN jsonb_build_object('stage', e.to_stage, 'track', t.code)
        ELSE jsonb_build_object('from_stage', e.from_stage, 'to_stage', e.to_stage, 'from_state', 'active',
            'to_state', CASE m.kind WHEN 'hire' THEN 'hired' ELSE 'active' END) END,
    %(opens)s + e.time * interval '1 second'
FROM season_event e
JOIN ats_posting p ON p.id = e.posting_id JOIN ats_track t ON t.id = p.track_id
LEFT JOIN season_move s
    ON s.time = e.time AND s.to_stage = e.to_stage AND e.from_stage IS NOT NULL
LEFT JOIN ats_move m ON m.id = s.id
WHERE e.number >= %(first)s AND e.number < %(end)s ORDER BY e.number
"""
FILLED = """
UPDATE ats_posting SET filled = hired.count FROM (
    SELECT posting_id, count(*) FROM season_application a
    JOIN ats_stage s ON s.id = a.stages[cardinality(a.stages)] AND s.kind = 'hired'
    GROUP BY posting_id
) hired WHERE hired.posting_id = ats_posting.id
"""
FINISHED = "DROP TABLE season_person, season_filing, season_application, season_event, season_move"

# In the order of their references: the ordered table and the statements that read it.
LOADS: tuple[tuple[str, str, str], ...] = (
    ("Candidates", "season_person", CANDIDATES),
    ("Educations", "season_person", EDUCATIONS),
    ("Applications", "season_application", APPLICATIONS),
    ("Moves", "season_move", MOVES),
    ("Events", "season_event", EVENTS),
)
TOUCHED = (
    "ats_candidate, ats_education, ats_application, ats_move, ats_event, ats_posting, ats_posting_locations"
)


def copy(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Append rows to a staging table; neither text may come from a user."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as out:
        for row in rows:
            out.write_row(row)


def run(statement: str, facts: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])


def chunks(rows: int) -> range:
    """The numbers, counted from one, at which chunks begin."""
    return range(1, rows + 1, CHUNK)
