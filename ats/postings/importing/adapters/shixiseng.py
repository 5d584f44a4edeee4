"""Searches of shixiseng.com, legacy .xls: only internships, and searches overlap.

The link without its query names a posting: the query tells which search it was found by.
"""

from __future__ import annotations

from ats.common.tables.outcomes import BadRecord
from ats.common.tables.records import Record
from ats.common.tables.text import labelled
from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.rows import PostingRow


def read(record: Record) -> PostingRow:
    link = record.url("投递链接").partition("?")[0]
    if not link:
        raise BadRecord("missing", field="投递链接")
    return PostingRow(
        number=record.number,
        external_id=link,
        title=record.line("职位名称", required=True),
        employer=record.line("公司名称", required=True),
        kind="internship",
        description=described(record, "所属行业", "公司规模", "职位福利"),
        requirements=described(record, "出勤要求", "实习周期"),
        locations=record.lines("城市"),
        url=link,
        pay=record.line("工资"),
    )


def described(record: Record, *fields: str) -> str:
    return labelled(*((field, record.body(field)) for field in fields))


ADAPTER = Adapter(
    feed="shixiseng",
    label="shixiseng search with 职位名称, 公司名称, 投递链接 (.xls)",
    columns=frozenset({"职位名称", "公司名称", "城市", "投递链接"}),
    read=read,
)
