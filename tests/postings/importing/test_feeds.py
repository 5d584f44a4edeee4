"""Files read as postings: each shape, and each defect that a row can have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ats.common.tables.outcomes import LeftOut
from ats.postings.importing.feeds import Feed, read_feed
from ats.postings.importing.rows import PostingRow
from tests.postings.importing.files import listing, write_json, write_text, write_workbook

DAY = date(2026, 8, 22)


def read(path: Path) -> Feed:
    return read_feed(path, as_of=DAY)


def test_a_simplify_internship(tmp_path: Path) -> None:
    path = write_json(tmp_path, [listing(title=" Quant\tIntern ", locations=["Oslo", "Oslo", " "])])

    assert read(path) == Feed(
        name="simplify-internships",
        rows=(
            PostingRow(
                number=1,
                external_id="a1",
                title="Quant Intern",
                employer="Harbour Labs",
                kind="internship",
                programme="Summer 2027",
                locations=("Oslo",),
                url="https://jobs.example.com/a1",
                published_at=datetime.fromtimestamp(1_780_000_000, UTC),
            ),
        ),
        rejected=(),
    )


def test_a_simplify_graduate_job_has_no_terms(tmp_path: Path) -> None:
    record = listing(url="")
    del record["terms"]

    (row,) = read(write_json(tmp_path, [record])).rows

    assert (row.kind, row.programme, row.url) == ("graduate", "", "")


@pytest.mark.parametrize(
    ("facts", "code", "sentence"),
    [
        ({"title": " "}, "missing", "title is empty."),
        ({"id": None}, "missing", "id is empty."),
        ({"company_name": ""}, "missing", "company_name is empty."),
        ({"title": ["x"]}, "wrong_type", "title is list, a text was expected."),
        ({"active": "yes"}, "wrong_type", "active is str, true or false was expected."),
        ({"locations": [1]}, "wrong_type", "locations is list, a list of texts was expected."),
        ({"date_posted": True}, "wrong_type", "date_posted is bool, a number of seconds was expected."),
        ({"date_posted": 17_800_000_000_000}, "bad_date", "date_posted is no date: 17800000000000."),
        ({"url": "/jobs/1"}, "bad_url", "url is no web address: '/jobs/1'."),
        ({"url": "javascript:alert(1)"}, "bad_url", "url is no web address: 'javascript:alert(1)'."),
        ({"url": "https://[x"}, "bad_url", "url is no web address: 'https://[x'."),
        ({"title": "x" * 501}, "too_long", "title has 501 characters, at most 500 fit."),
    ],
)
def test_a_bad_row_is_left_out_and_the_next_is_read(
    tmp_path: Path, facts: dict[str, Any], code: str, sentence: str
) -> None:
    feed = read(write_json(tmp_path, [listing(**facts), listing(id="b2")]))

    assert feed.rejected == (LeftOut(1, code, sentence),)
    assert [row.external_id for row in feed.rows] == ["b2"]


def test_a_record_that_is_no_object_is_left_out(tmp_path: Path) -> None:
    feed = read(write_json(tmp_path, ["x", listing()]))

    assert feed.rejected == (LeftOut(1, "wrong_type", "The record is str, an object was expected."),)
    assert [row.number for row in feed.rows] == [2]


def test_nul_and_lone_surrogates_do_not_reach_the_database(tmp_path: Path) -> None:
    (row,) = read(write_json(tmp_path, [listing(title="A\x00B \ud800 Intern")])).rows

    assert row.title == "AB \N{REPLACEMENT CHARACTER} Intern"


def test_many_places_run_together_are_kept_in_the_description(tmp_path: Path) -> None:
    places = "31 locations " + "Everett, WA " * 20
    (row,) = read(write_json(tmp_path, [listing(locations=["Oslo", places])])).rows

    assert (row.locations, row.description) == (("Oslo",), f"Locations: {places.strip()}")


ROLE = {
    "role_id": "r1",
    "company": "Harbour Labs",
    "title": "Perception Engineer",
    "location": "Oslo; Bergen",
    "role_type": "New Grad",
    "discipline": "AI / Machine Learning",
    "compensation": "$45/hr",
    "grad_window": "2027 grad eligible",
    "url": "https://jobs.example.com/r1",
    "posted_at": "2026-08-01",
    "expires_at": "2026-08-22",
}


def test_roles_read_the_same_from_json_and_csv(tmp_path: Path) -> None:
    cells = ",".join(f'"{cell}"' for cell in ROLE.values())
    as_csv = read(write_text(tmp_path, f"{','.join(ROLE)}\r\n{cells}\r\n", "roles.csv"))
    as_json = read(write_json(tmp_path, [ROLE]))

    expected: dict[str, Any] = {
        "external_id": "r1",
        "title": "Perception Engineer",
        "employer": "Harbour Labs",
        "kind": "graduate",
        "category": "AI / Machine Learning",
        "locations": ("Oslo", "Bergen"),
        "url": "https://jobs.example.com/r1",
        "pay": "$45/hr",
        "graduation": "2027 grad eligible",
        "published_at": datetime(2026, 8, 1, tzinfo=UTC),
    }
    assert as_json == Feed("roles", (PostingRow(number=1, **expected),), ())
    assert as_csv == Feed("roles", (PostingRow(number=2, **expected),), ())


def test_a_role_is_open_up_to_the_day_it_expires_on(tmp_path: Path) -> None:
    over = ROLE | {"role_id": "r2", "expires_at": "2026-08-21"}
    rows = read(write_json(tmp_path, [ROLE, over])).rows

    assert [row.is_open for row in rows] == [True, False]


def test_a_day_that_does_not_exist_is_no_date(tmp_path: Path) -> None:
    feed = read(write_json(tmp_path, [ROLE | {"posted_at": "2026-02-30"}]))

    assert feed.rejected == (LeftOut(1, "bad_date", "posted_at is no date: '2026-02-30'."),)


FIELDS = ("title", "category", "programme", "degree", "requirements", "responsibilities", "preferred")
CAMPUS = ["岗位名称", "岗位类别", "性质", "学历要求", "任职要求", "工作职责", "加分项"]


DUTY = "1、写代码；\n\n2、读\xa0代码。" + "长" * 11_000
CAMPUS_ROWS: list[list[object]] = [
    [*CAMPUS],
    ["后台开发", "技术", "应届实习", "本科及以上", "会写\n会读", DUTY, "开源"],
    [],
    ["前端开发", "技术", "应届毕业生", "不限/未提及", None, None, None],
]


def test_a_campus_workbook_keeps_its_texts_whole(tmp_path: Path) -> None:
    feed = read(write_workbook(tmp_path, CAMPUS_ROWS))

    assert feed == Feed(
        name="campus-workbook",
        rows=(
            PostingRow(
                number=2,
                title="后台开发",
                kind="internship",
                programme="应届实习",
                category="技术",
                description=DUTY,
                requirements="学历要求: 本科及以上\n会写\n会读\n加分项: 开源",
            ),
            PostingRow(
                number=4,
                title="前端开发",
                kind="graduate",
                programme="应届毕业生",
                category="技术",
            ),
        ),
        rejected=(),
        mapping=dict(zip(FIELDS, CAMPUS, strict=True)),
    )


def test_a_search_of_shixiseng_names_a_posting_by_its_link_without_the_query(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["职位名称", "工资", "城市", "出勤要求", "实习周期", "公司名称", "投递链接"],
        ["算法实习生", "150-200/天", "上海", "5天/周", "3个月", "港湾", "https://a.example/inn_1?pcm=x"],
        ["算法实习生", "150/天", "上海", "5天/周", "3个月", "港湾", None],
    ]

    assert read(write_workbook(tmp_path, rows)) == Feed(
        name="shixiseng",
        rows=(
            PostingRow(
                number=2,
                external_id="https://a.example/inn_1",
                title="算法实习生",
                employer="港湾",
                kind="internship",
                requirements="出勤要求: 5天/周\n实习周期: 3个月",
                locations=("上海",),
                url="https://a.example/inn_1",
                pay="150-200/天",
            ),
        ),
        rejected=(LeftOut(3, "missing", "投递链接 is empty."),),
    )


LIST_FIELDS = ("title", "locations", "degree", "description", "requirements")
LIST_COLUMNS = ("职位名称", "工作地点", "学历要求", "职位描述", "任职要求")


def test_an_employer_s_csv_with_a_bom_and_a_short_row(tmp_path: Path) -> None:
    text = (
        "\ufeff职位名称,工作地点,学历要求,职位描述,任职要求\r\n"
        '运营实习生,杭州市,不限,"第一行\n第二行",<b onclick="x()">热爱</b><script>x()</script>\r\n'
        "短行,杭州市\r\n"
        "长行,杭州市,,,,多\r\n"
    )

    assert read(write_text(tmp_path, text, "jobs.csv")) == Feed(
        name="employer-csv",
        rows=(
            PostingRow(
                number=2,
                title="运营实习生",
                kind="internship",
                description="第一行\n第二行",
                requirements="<b>热爱</b>",
                locations=("杭州市",),
            ),
            PostingRow(number=4, title="短行", locations=("杭州市",)),
        ),
        rejected=(LeftOut(5, "wrong_shape", "The row has 6 cells under 5 columns."),),
        mapping=dict(zip(LIST_FIELDS, LIST_COLUMNS, strict=True)),
    )
