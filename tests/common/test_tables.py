"""Files of records: encodings, separators, headers wherever they stand, and what is said of bad ones."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from ats.common.tables import Table, read_table
from ats.common.tables.dates import AmbiguousDate, day_of, day_of_age
from ats.common.tables.headers import fold_name
from ats.common.tables.outcomes import BadRecord

KNOWN = frozenset(map(fold_name, ("title", "city", "deadline", "职位名称", "工作地点", "截止日期")))
CHINESE = "职位名称,工作地点,截止日期\n后台开发,北京,2027-01-15\n产品经理,上海,2027-01-16\n"
ROWS = [
    {"职位名称": "后台开发", "工作地点": "北京", "截止日期": "2027-01-15"},
    {"职位名称": "产品经理", "工作地点": "上海", "截止日期": "2027-01-16"},
]


def read(content: bytes | str) -> Table:
    return read_table(content.encode() if isinstance(content, str) else content, known=KNOWN)


def values(table: Table) -> list[object]:
    return [each if isinstance(each, BadRecord) else dict(each) for _, each in table.records]


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_encodings_are_found(codec: str, encoding: str) -> None:
    table = read(CHINESE.encode(codec))

    assert (values(table), table.encoding) == (ROWS, encoding)


def test_western_letters_are_not_taken_for_chinese() -> None:
    table = read("title,city\nIngénieur,Zürich\nKöchin,Genève\n".encode("cp1252"))

    assert values(table)[0] == {"title": "Ingénieur", "city": "Zürich"}


@pytest.mark.parametrize(
    ("separator", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")]
)
def test_separators_are_found(separator: str, name: str) -> None:
    table = read(CHINESE.replace(",", separator))

    assert (values(table), table.separator) == (ROWS, name)


def test_a_declared_separator_is_no_record() -> None:
    assert values(read("sep=;\n" + CHINESE.replace(",", ";"))) == ROWS


def test_title_rows_above_the_header_and_blank_rows_are_skipped() -> None:
    table = read("2027届校园招聘,,\n更新于 2026-11-01,,\n\n" + CHINESE)

    assert (values(table), table.header_row) == (ROWS, 4)


def test_a_header_that_is_repeated_is_no_record() -> None:
    assert values(read(CHINESE + CHINESE)) == [*ROWS, *ROWS]


def test_short_rows_are_filled_up_and_blank_cells_beyond_the_columns_are_dropped() -> None:
    assert values(read("title,city\nCook\nBaker,Oslo,,,\n")) == [
        {"title": "Cook", "city": None},
        {"title": "Baker", "city": "Oslo"},
    ]


def test_columns_of_one_name_and_of_none_all_stay() -> None:
    table = read("title,city,city,,more\nCook,Oslo,Bergen,extra,\n")

    assert table.columns == ("title", "city", "city (2)", "column 4", "more")


def test_ditto_marks_give_way_to_the_cell_above() -> None:
    table = read("title,city\nCook,Oslo\nBaker,↳\nSmith,同上\n")

    assert [row["city"] for _, row in table.records if isinstance(row, dict)] == ["Oslo"] * 3


def test_stray_quotes_inside_a_cell_are_borne() -> None:
    assert values(read('title,city\nCook 5" pans,Oslo\n"Chef "de" partie",Bergen\n')) == [
        {"title": 'Cook 5" pans', "city": "Oslo"},
        {"title": 'Chef de" partie"', "city": "Bergen"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "Cook"}, {"title": "Baker"}]',
        '{"jobs": [{"title": "Cook"}, {"title": "Baker"}]}',
        '{"meta": {"total": 2}, "data": {"list": [{"title": "Cook"}, {"title": "Baker"}]}}',
        '{"title": "Cook"}\n{"title": "Baker"}\n',
    ],
    ids=["list", "envelope", "nested", "lines"],
)
def test_json_in_its_usual_shapes(text: str) -> None:
    assert values(read(text)) == [{"title": "Cook"}, {"title": "Baker"}]


def test_a_broken_line_of_json_lines_is_left_out_alone() -> None:
    table = read('{"title": "Cook"}\n{"title": \n{"title": "Baker"}\n')

    assert [(number, isinstance(each, BadRecord)) for number, each in table.records] == [
        (1, False),
        (2, True),
        (3, False),
    ]


Fill = Callable[[openpyxl.Workbook], None]


def workbook(fill: Fill) -> Table:
    book, out = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return read(out.getvalue())


def on_the_second_sheet(book: openpyxl.Workbook) -> None:
    book.worksheets[0].append(["说明", "请勿修改"])
    sheet = book.create_sheet("职位")
    for row in (["职位名称", "工作地点"], ["后台开发", "北京"]):
        sheet.append(row)


def with_merged_cells(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    for row in (
        ["2027届校园招聘岗位", None],
        ["职位名称", "工作地点"],
        ["后台开发", "北京"],
        ["产品经理", None],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:B4")


def with_remarks_beside_it(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    for row in (["职位名称", "工作地点"], ["后台开发", "北京", None, "急"]):
        sheet.append(row)


def in_two_sheets(book: openpyxl.Workbook) -> None:
    for sheet, title in ((book.worksheets[0], "后台开发"), (book.create_sheet("产品"), "产品经理")):
        for row in (["职位名称", "工作地点"], [title, "北京"]):
            sheet.append(row)


@pytest.mark.parametrize(
    ("fill", "records"),
    [
        (on_the_second_sheet, [(2, "后台开发", "北京")]),
        (with_merged_cells, [(3, "后台开发", "北京"), (4, "产品经理", "北京")]),
        (with_remarks_beside_it, [(2, "后台开发", "北京", None, "急")]),
        (in_two_sheets, [(2, "后台开发", "北京"), (4, "产品经理", "北京")]),
    ],
)
def test_workbooks_as_people_make_them(fill: Fill, records: list[tuple[object, ...]]) -> None:
    table = workbook(fill)

    assert [(number, *row.values()) for number, row in table.records if isinstance(row, dict)] == records


DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-15", date(2027, 1, 15)),
        ("2027/1/5", date(2027, 1, 5)),
        ("2027.01.15", date(2027, 1, 15)),
        ("2027年1月15日", date(2027, 1, 15)),
        ("20270115", date(2027, 1, 15)),
        ("2027-01-15 23:59:59", date(2027, 1, 15)),
        ("2027-01-15T23:59:59+08:00", date(2027, 1, 15)),
        ("15/01/2027", date(2027, 1, 15)),
        ("01/15/2027", date(2027, 1, 15)),
        ("Jan 15, 2027", date(2027, 1, 15)),
        ("15 January 2027", date(2027, 1, 15)),
        ("Friday, January 15th 2027", date(2027, 1, 15)),
        ("Nov 20", date(2026, 11, 20)),
        ("46037", date(2026, 1, 15)),
        ("1768435200", date(2026, 1, 15)),
        ("长期有效", None),
        ("Rolling", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(text: str, day: date | None) -> None:
    assert day_of(text, near=DAY) == day


def test_a_day_that_may_be_two_is_not_guessed() -> None:
    with pytest.raises(AmbiguousDate):
        day_of("03/04/2027", near=DAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8d", date(2026, 11, 19)),
        ("2mo", date(2026, 9, 28)),
        ("3h", DAY),
        ("1w ago", date(2026, 11, 20)),
        ("3天前", date(2026, 11, 24)),
        ("today", DAY),
        ("soon", None),
    ],
)
def test_ages_are_counted_back(text: str, day: date | None) -> None:
    assert day_of_age(text, as_of=DAY) == day
