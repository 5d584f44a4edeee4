"""The database's clock, by which every row is judged, in a version that can be set back and forth."""

from __future__ import annotations

import random

import psycopg

# Found before PostgreSQL's own, by queries and by the defaults of columns made from now on.
STEPPED = """
ALTER DATABASE intake SET search_path = public, pg_catalog;
CREATE TABLE public.clock_step (by interval NOT NULL);
INSERT INTO public.clock_step VALUES ('0');
CREATE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT pg_catalog.statement_timestamp() + (SELECT by FROM public.clock_step)';
"""
STEPS = [-3600, -30, 0, 30, 3600]  # seconds, against the true time


def prepare(url: str) -> None:
    """Before the first migration."""
    with psycopg.connect(url) as line:
        for statement in filter(str.strip, STEPPED.split(";\n")):
            line.execute(statement.encode())


def step(url: str, random: random.Random) -> None:
    """Set it to another time than it shows."""
    with psycopg.connect(url) as line:
        [shown] = line.execute("SELECT extract(epoch FROM by)::int FROM public.clock_step").fetchone() or [0]
        seconds = random.choice([one for one in STEPS if one != shown])
        line.execute("UPDATE public.clock_step SET by = make_interval(secs => %s)", [seconds])
