"""Lists of postings that no adapter knows: columns by their headers, or as a person says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ats.common.errors import Invalid
from ats.common.tables.outcomes import LeftOut
from ats.postings.importing.feeds import Feed, read_feed
from ats.postings.importing.rows import PostingRow
from tests.postings.importing.files import write_json, write_text

DAY = date(2026, 11, 27)


def read(path: Path, mapping: dict[str, str] | None = None) -> Feed:
    return read_feed(path, as_of=DAY, mapping=mapping)


COLUMNS = {
    "title": "职位名称*",
    "locations": "工作地点",
    "degree": "学历要求",
    "url": "投递链接",
    "head_count": "招聘人数",
    "deadline": "截止日期",
}


CHINESE_LIST = (
    "某公司2027届校招\n"
    "序号;职位名称*;工作地点;招聘人数;学历要求;截止日期;投递链接;内部备注\n"
    "1;后台开发实习生;北京/上海;5人;本科及以上;2027年1月15日;https://h.example/1;不公开\n"
    "2;产品经理;深圳;若干;不限;2026-11-01;https://h.example/2;\n"
    "3;运营;杭州;一些;;;;\n"
)


def test_a_chinese_list_is_read_by_its_headers(tmp_path: Path) -> None:
    feed = read(write_text(tmp_path, CHINESE_LIST, "jobs.csv"))

    assert feed == Feed(
        name="table",
        rows=(
            PostingRow(
                number=3,
                title="后台开发实习生",
                kind="internship",
                description="截止日期: 2027-01-15",
                requirements="学历要求: 本科及以上",
                locations=("北京/上海",),
                url="https://h.example/1",
                head_count=5,
            ),
            PostingRow(
                number=4,
                title="产品经理",
                description="截止日期: 2026-11-01",
                locations=("深圳",),
                url="https://h.example/2",
                is_open=False,
            ),
        ),
        rejected=(LeftOut(5, "bad_number", "招聘人数 is no whole number: '一些'."),),
        mapping=COLUMNS,
        unused=("序号", "内部备注"),
    )


def test_an_english_list_is_read_by_its_headers(tmp_path: Path) -> None:
    record = {
        "Job ID": 17,
        "Job Title": "Data Analyst",
        "Company": {"name": "Harbour Labs"},
        "Location": ["Oslo", "Bergen"],
        "Season": "Summer 2027",
        "Date Posted": 1_768_435_200,
        "Status": "Closed",
    }

    (row,) = read(write_json(tmp_path, {"jobs": [record]})).rows

    assert row == PostingRow(
        number=1,
        external_id="17",
        title="Data Analyst",
        employer="Harbour Labs",
        kind="internship",
        programme="Summer 2027",
        locations=("Oslo", "Bergen"),
        published_at=datetime(2026, 1, 15, tzinfo=UTC),
        is_open=False,
    )


def test_a_person_corrects_the_columns(tmp_path: Path) -> None:
    path = write_text(tmp_path, "Bezeichnung,Ort,title\nKöchin,Oslo,7\n", "jobs.csv")

    (row,) = read(path, {"title": "Bezeichnung", "locations": "Ort"}).rows

    assert (row.title, row.locations) == ("Köchin", ("Oslo",))


@pytest.mark.parametrize(
    ("mapping", "code", "sentence"),
    [
        (None, "missing_column", "There is no column for the title. The file has: 'Bezeichnung', 'Ort'."),
        ({"titel": "Ort"}, "unknown_field", "There is no field 'titel'; there are: title, title_zh,"),
        ({"title": "Titel"}, "unknown_column", "no column 'Titel'; it has: 'Bezeichnung', 'Ort'."),
    ],
)
def test_one_sentence_names_what_is_missing(
    tmp_path: Path, mapping: dict[str, str] | None, code: str, sentence: str
) -> None:
    path = write_text(tmp_path, "Bezeichnung,Ort\nKöchin,Oslo\n", "jobs.csv")

    with pytest.raises(Invalid) as refused:
        read(path, mapping)

    assert (refused.value.code, sentence in refused.value.sentence) == (code, True)


README_TABLE = """
| Company | Role | Location | Application | Age |
| --- | --- | --- | --- | --- |
| **[Harbour](https://h.example)** | AI Intern 🛂 | Oslo<br>Bergen | [Apply](https://h.example/1) | 2mo |
| ↳ | **Data Intern** 🔒 | Oslo, Norway | 🔒 | 3d |
| Quay | Ops Intern | <details><summary>**2 locations**</summary>Oslo</br>Bergen</details> | \
<a href="https://q.example/2"><img src="x" alt="Apply"></a> | 8d |
"""


def test_markdown_as_it_is_written(tmp_path: Path) -> None:
    rows = read(write_text(tmp_path, README_TABLE, "README.md")).rows

    assert [
        (row.employer, row.title, row.locations, row.url, row.is_open, row.published_at) for row in rows
    ] == [
        (
            *("Harbour", "AI Intern", ("Oslo", "Bergen"), "https://h.example/1", True),
            datetime(2026, 9, 28, tzinfo=UTC),
        ),
        ("Harbour", "Data Intern", ("Oslo, Norway",), "", False, datetime(2026, 11, 24, tzinfo=UTC)),
        (
            *("Quay", "Ops Intern", ("2 locations", "Oslo", "Bergen"), "https://q.example/2", True),
            datetime(2026, 11, 19, tzinfo=UTC),
        ),
    ]
