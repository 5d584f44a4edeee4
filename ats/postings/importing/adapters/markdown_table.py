"""Job tables of a Markdown file, HTML in their cells, with a Salary column or without.

The address names a posting. An age such as "8d" is counted back from the day the file is read.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.kinds import kind_of
from ats.postings.importing.records import Record, midnight, web_address
from ats.postings.importing.rows import BadRecord, PostingRow
from ats.postings.importing.text import Cell

AGE = re.compile(r"(\d{1,4})d")


def read(record: Record) -> PostingRow:
    title = filled(record, "Position")
    url = address(record)
    return PostingRow(
        number=record.number,
        external_id=url,
        title=title,
        employer=filled(record, "Company"),
        kind=kind_of(title),
        locations=tuple(filter(None, [Cell(record.line("Location")).text])),
        url=url,
        pay=Cell(record.line("Salary")).text,
        published_at=published(record),
        published_roughly=True,
    )


def filled(record: Record, field: str) -> str:
    text = Cell(record.line(field)).text
    if not text:
        raise BadRecord("missing", field=field)
    return text


def address(record: Record) -> str:
    links = Cell(record.line("Posting")).links
    if not links:
        raise BadRecord("missing", field="Posting")
    return web_address("Posting", links[0].strip())


def published(record: Record) -> datetime:
    text = record.line("Age")
    age = AGE.fullmatch(text)
    if not age:
        raise BadRecord("bad_date", field="Age", value=text)
    return midnight(record.as_of) - timedelta(days=int(age[1]))


ADAPTER = Adapter(
    feed="markdown-table",
    label="table with Company, Position, Location, Posting, Age (Markdown)",
    columns=frozenset({"Company", "Position", "Location", "Posting", "Age"}),
    read=read,
)
