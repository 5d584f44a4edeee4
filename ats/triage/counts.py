"""How many applications are where, without counting them: see `StageTally`."""

from __future__ import annotations

from typing import TypedDict

from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from ats.models import Application, StageTally

MOST = 1000  # what a list's count goes up to; one more says "more"
KEY = "organisation_id, campaign_id, track_id, stage_id, state"

# One statement, so every reader sees either the rows of a key or their sum. A row that another fold has
# deleted is skipped, and a row that is just being written is left for the next time.
FOLD = f"""
WITH taken AS (
    DELETE FROM ats_stagetally WHERE ({KEY}) IN (
        SELECT {KEY} FROM ats_stagetally GROUP BY {KEY} HAVING count(*) > 1
    )
    RETURNING {KEY}, change
)
INSERT INTO ats_stagetally ({KEY}, change)
SELECT {KEY}, sum(change) FROM taken GROUP BY {KEY} HAVING sum(change) <> 0
"""  # noqa: S608


class Count(TypedDict):
    stage: int
    state: str
    count: int


def counts_of(kept: QuerySet[StageTally]) -> list[Count]:
    """Applications per stage and state; `kept` is an organisation's, filtered."""
    rows = kept.values("stage", "state").annotate(count=Sum("change"))
    counted = rows.exclude(count=0).order_by("stage", "state")
    return [Count(stage=row["stage"], state=row["state"], count=row["count"]) for row in counted]


def capped_count(rows: QuerySet[Application]) -> int:
    """How many rows there are, or `MOST` + 1 for more than `MOST`."""
    return rows.order_by().values("pk")[: MOST + 1].count()


def fold_tallies() -> int:
    """Replace the rows of each key by one row; how many were written. Changes no sum."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FOLD)
        return int(cursor.rowcount)
