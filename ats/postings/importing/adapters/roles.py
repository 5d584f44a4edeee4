"""Early-career roles with a graduation window, as JSON or CSV: the same postings from both.

`role_id` names a role. It is open up to the day that it expires on.
"""

from __future__ import annotations

from ats.common.tables.records import Record, midnight
from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.rows import Kind, PostingRow

KINDS: dict[str, Kind] = {"Internship": "internship", "New Grad": "graduate"}


def read(record: Record) -> PostingRow:
    posted, expires = record.day("posted_at"), record.day("expires_at")
    return PostingRow(
        number=record.number,
        external_id=record.line("role_id", required=True),
        title=record.line("title", required=True),
        employer=record.line("company", required=True),
        kind=KINDS.get(record.line("role_type"), ""),
        category=record.line("discipline"),
        locations=record.lines("location"),
        url=record.url("url"),
        pay=record.line("compensation"),
        graduation=record.line("grad_window"),
        published_at=midnight(posted) if posted else None,
        is_open=expires is None or expires >= record.as_of,
    )


ADAPTER = Adapter(
    feed="roles",
    label="roles with a graduation window (JSON or CSV)",
    columns=frozenset({"role_id", "company", "title", "location", "grad_window", "url"}),
    read=read,
)
