"""The same fields out of each format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ats.exchange.json_resume import faults
from ats.models import ResumeState
from ats.people.resumes.kinds import Kind
from ats.people.resumes.pipeline import Finding, read_file
from tests.people.resumes import files

CHINESE = (
    "李 娜",
    "电话：13800000000 邮箱：li.na@example.com",
    "教育背景",
    "清华大学 本科 2022.09 至 2026.06",
)
CHINESE_FIELDS = {
    "basics": {"name": "李娜", "email": "li.na@example.com", "phone": "13800000000"},
    "education": [{"institution": "清华大学", "studyType": "本科", "endDate": "2026-06"}],
}
MAKERS: dict[Kind, Callable[[Sequence[str]], bytes]] = {
    Kind.PDF: files.pdf,
    Kind.DOCX: files.docx,
    Kind.ODT: files.odt,
    Kind.RTF: files.rtf,
    Kind.TXT: files.text,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_each_format_gives_the_same_fields(kind: Kind) -> None:
    assert read_file(f"cv.{kind}", MAKERS[kind](files.LINES)) == Finding(
        ResumeState.READ, kind, document=files.FIELDS
    )


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind is not Kind.PDF])
def test_each_format_gives_chinese_fields(kind: Kind) -> None:
    assert read_file(f"简历.{kind}", MAKERS[kind](CHINESE)).document == CHINESE_FIELDS


JAPANESE = ("氏名：山田 太郎", "学歴", "東京大学 工学部 学士 2022年4月-2026年3月")
TAIWANESE = ("姓名：陳怡君", "學歷", "國立臺灣大學 資訊工程學系 學士 2022/09-2026/06")
KOREAN = ("이름: 김민수", "학력", "서울대학교 컴퓨터공학부 학사 2022.03 ~ 2026.02")
WESTERN = (
    "José Núñez",
    "Formación académica",
    "Universidad de Sevilla, Máster, septiembre de 2024 – junio de 2026",
)
CYRILLIC = (
    "Иван Петров",
    "Образование",
    "Московский государственный университет, бакалавр, 09/2022 - 06/2026",
)
ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"), CHINESE),
    **dict.fromkeys(("big5", "cp950"), TAIWANESE),
    **dict.fromkeys(("shift_jis", "cp932", "euc_jp"), JAPANESE),
    **dict.fromkeys(("euc_kr", "cp949"), KOREAN),
    "cp1252": WESTERN,
    "cp1251": CYRILLIC,
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_plain_text_is_read_in_the_encodings_of_its_country(encoding: str) -> None:
    lines = ENCODINGS[encoding]

    found = read_file("cv.txt", files.text(lines, encoding)).document

    assert found == read_file("cv.txt", files.text(lines)).document
    assert [set(found["basics"]) >= {"name"}, [set(row) for row in found["education"]]] == [
        True,
        [{"institution", "studyType", "endDate"}],
    ]


def test_the_cells_of_a_row_stay_together() -> None:
    rows = ["姓名\t李娜\t性别\t女", "教育背景", "清华大学\t本科\t2022.09-2026.06"]

    found = [
        read_file("cv.docx", files.docx_with_tables(rows)),
        read_file("cv.odt", files.odt_with_tables(rows)),
    ]

    fields = {
        "basics": {"name": "李娜"},
        "education": [{"institution": "清华大学", "studyType": "本科", "endDate": "2026-06"}],
    }
    assert [finding.document for finding in found] == [fields] * 2


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-06-15", "2026-06-15"),
        ("2026-06", "2026-06"),
        ("2026-06-31", "2026-06"),
        ("2026", None),
        ("2026-13", None),
    ],
)
def test_a_json_resume_keeps_the_day_or_the_month_that_it_names(written: str, date: str | None) -> None:
    content = files.json_resume(education=[{"institution": "MIT", "endDate": written}])

    assert read_file("cv.json", content).document["education"][0].get("endDate") == date


def test_western_text_of_old_windows_is_not_taken_for_chinese() -> None:
    assert read_file("cv.txt", "José Núñez\njose@example.com".encode("cp1252")).document == {
        "basics": {"name": "José Núñez", "email": "jose@example.com"},
        "education": [],
    }


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_proposed_is_a_valid_json_resume(kind: Kind) -> None:
    assert dict(faults(read_file(f"cv.{kind}", MAKERS[kind](files.LINES)).document)) == {}


def test_a_json_resume_states_its_fields() -> None:
    assert read_file("cv.json", files.json_resume()) == Finding(
        ResumeState.READ, Kind.JSON, document=files.FIELDS
    )


def test_rtf_under_the_name_that_word_gives_it() -> None:
    assert read_file("cv.doc", files.rtf()) == Finding(ResumeState.READ, Kind.RTF, document=files.FIELDS)


def test_an_old_word_file_where_nothing_reads_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    finding = read_file("cv.doc", files.OLE + "WordDocument".encode("utf-16-le"))

    assert (finding.state, finding.code) == (ResumeState.REFUSED, "doc_not_read_here")
