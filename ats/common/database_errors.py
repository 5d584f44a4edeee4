"""Which constraint a statement broke: PostgreSQL says so, and nobody has to guess."""

from __future__ import annotations

from django.db import IntegrityError
from psycopg import Error
from psycopg.errors import UniqueViolation


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that was broken; "" where the error is of another kind."""
    cause = error.__cause__
    return (isinstance(cause, Error) and cause.diag.constraint_name) or ""


def is_duplicate(error: IntegrityError) -> bool:
    """Whether another row has what only one may have."""
    return isinstance(error.__cause__, UniqueViolation)


def is_violation(error: IntegrityError, *constraints: str) -> bool:
    """Whether the broken constraint is one of these. Anything else is a fault of ours and must be raised."""
    return constraint_of(error) in constraints
