"""The one module that says how a row of applications is written, whoever writes it: SQL for INSERT."""

from __future__ import annotations

from collections.abc import Mapping

# What every new application takes from its posting `p` and its candidate `c`.
GIVEN: Mapping[str, str] = {
    "organisation_id": "p.organisation_id",
    "campaign_id": "p.campaign_id",
    "posting_id": "p.id",
    "candidate_id": "c.id",
    "track_id": "p.track_id",
    **{
        name: f"""(SELECT e.{name} FROM ats_education e
        WHERE e.candidate_id = c.id AND e.is_latest)"""  # noqa: S608  (the name of a column)
        for name in ("graduates_from", "graduates_until")
    },
    "stage_id": """(SELECT s.id FROM ats_stage s
        WHERE s.pipeline_id = p.pipeline_id ORDER BY s.position LIMIT 1)""",
}


def insert_applications(origin: str, /, **columns: str) -> str:
    """`INSERT INTO ats_application … SELECT …`, without ON CONFLICT and RETURNING.

    `origin` is what follows SELECT's columns: FROM with a posting as `p` and a candidate as `c`, WHERE
    and ORDER BY. `columns` are SQL by the name of the column: others than those of `GIVEN`, or instead
    of them. What is not named has the default of the database.
    """
    values = {**GIVEN, **columns}
    return f"""INSERT INTO ats_application ({", ".join(values)})
    SELECT {", ".join(values.values())}
    {origin}"""
