"""Statements that PostgreSQL plans once for a connection, not each time that they are run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection
from psycopg.types.datetime import TimestamptzLoader


def fetch_prepared(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that joins so much that planning it takes longer than running it.

    Its parameters are bound by the server, so each needs a type that the statement gives away.
    """
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0  # Django never prepares: its cursors bind by themselves
    raw = psycopg.Cursor(connection.connection)
    raw.adapters.register_loader("timestamptz", TimestamptzLoader)  # in C; Django's is in Python
    with connection._prepare_cursor(raw) as cursor:  # type: ignore[attr-defined]  # counts and times it
        cursor.execute(statement, params)
        return list(cursor.fetchall())
