"""An employer's own list, CSV: no employer, id, date or address in it.

Title and place together name a posting. Who may apply stands in the prose of 任职要求 only.
"""

from __future__ import annotations

from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.kinds import kind_of
from ats.postings.importing.records import Record
from ats.postings.importing.rows import PostingRow
from ats.postings.importing.text import labelled

ANY_DEGREE = "不限"


def read(record: Record) -> PostingRow:
    title = record.line("职位名称", required=True)
    place = record.line("工作地点")
    degree = record.line("学历要求")
    return PostingRow(
        number=record.number,
        external_id=f"{title} / {place}",
        title=title,
        kind=kind_of(title),
        description=record.body("职位描述"),
        requirements=labelled(
            ("学历要求", "" if degree == ANY_DEGREE else degree), ("", record.body("任职要求"))
        ),
        locations=(place,) if place else (),
    )


ADAPTER = Adapter(
    feed="employer-csv",
    label="employer's list with 职位名称, 工作地点, 职位描述 (CSV)",
    columns=frozenset({"职位名称", "工作地点", "职位描述", "任职要求"}),
    read=read,
)
