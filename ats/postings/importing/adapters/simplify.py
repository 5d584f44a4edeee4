"""Simplify listings, JSON: internships have `terms` or a `season`, graduate jobs have neither.

Each row has an id of its own. The two are feeds apart: 22 ids stand in both, in different states.
"""

from __future__ import annotations

from functools import partial

from ats.common.tables.records import Record
from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.rows import Kind, PostingRow


def read(record: Record, *, kind: Kind) -> PostingRow:
    season = record.line("season")
    return PostingRow(
        number=record.number,
        external_id=record.line("id", required=True),
        title=record.line("title", required=True),
        employer=record.line("company_name", required=True),
        kind="internship" if season else kind,
        programme=", ".join(record.lines("terms")) or season,
        locations=record.lines("locations"),
        url=record.url("url"),
        published_at=record.unix_time("date_posted"),
        is_open=record.flag("active"),
        is_visible=record.flag("is_visible"),
    )


COLUMNS = frozenset({"id", "company_name", "title", "locations", "date_posted", "active"})
INTERNSHIPS = "simplify-internships"

# The first whose columns are all there: those with `terms` or a `season` list internships.
WITH_TERMS = Adapter(
    feed=INTERNSHIPS,
    label="Simplify internships (JSON)",
    columns=COLUMNS | {"terms"},
    read=partial(read, kind="internship"),
)
WITH_SEASON = Adapter(
    feed=INTERNSHIPS,
    label="Simplify internships with a season (JSON)",
    columns=COLUMNS | {"season"},
    read=partial(read, kind="internship"),
)
GRADUATES = Adapter(
    feed="simplify-graduates",
    label="Simplify graduate jobs (JSON)",
    columns=COLUMNS,
    read=partial(read, kind="graduate"),
)
