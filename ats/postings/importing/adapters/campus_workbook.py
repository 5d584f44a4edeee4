"""An employer's campus workbook (Tencent, miHoYo): no employer, city, date or address in it.

One job stands under several programme kinds (性质), so title and kind together name a posting.
"""

from __future__ import annotations

from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.kinds import kind_of
from ats.postings.importing.records import Record
from ats.postings.importing.rows import PostingRow
from ats.postings.importing.text import labelled

NO_DEGREE_NAMED = "不限/未提及"


def read(record: Record) -> PostingRow:
    title = record.line("岗位名称", required=True)
    programme = record.line("性质", required=True)
    return PostingRow(
        number=record.number,
        external_id=f"{title} / {programme}",
        title=title,
        kind=kind_of(programme),
        programme=programme,
        category=record.line("岗位类别"),
        description=record.body("工作职责"),
        requirements=labelled(
            ("学历要求", record.line("学历要求").replace(NO_DEGREE_NAMED, "")),
            ("", record.body("任职要求")),
            ("加分项", record.body("加分项")),
        ),
    )


ADAPTER = Adapter(
    feed="campus-workbook",
    label="campus workbook with 岗位名称, 岗位类别, 性质 (.xlsx)",
    columns=frozenset({"岗位名称", "岗位类别", "性质", "任职要求", "工作职责"}),
    read=read,
)
