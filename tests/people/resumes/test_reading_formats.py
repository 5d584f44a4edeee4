"""The same facts out of each format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ats.exchange.json_resume import faults
from ats.models import ResumeState
from ats.people.resumes.kinds import Kind
from ats.people.resumes.pipeline import Finding, examine
from tests.people.resumes import files

CHINESE = (
    "李 娜",
    "电话：13800000000 邮箱：li.na@example.com",
    "教育背景",
    "清华大学 本科 2022.09 至 2026.06",
)
CHINESE_FACTS = {
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
def test_each_format_gives_the_same_facts(kind: Kind) -> None:
    assert examine(f"cv.{kind}", MAKERS[kind](files.LINES)) == Finding(
        ResumeState.READ, kind, document=files.FACTS
    )


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind is not Kind.PDF])
def test_each_format_gives_chinese_facts(kind: Kind) -> None:
    assert examine(f"简历.{kind}", MAKERS[kind](CHINESE)).document == CHINESE_FACTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_plain_text_is_read_in_the_encodings_of_chinese_computers(encoding: str) -> None:
    assert examine("cv.txt", files.text(CHINESE, encoding)).document == CHINESE_FACTS


def test_western_text_of_old_windows_is_not_taken_for_chinese() -> None:
    assert examine("cv.txt", "José Núñez\njose@example.com".encode("cp1252")).document == {
        "basics": {"name": "José Núñez", "email": "jose@example.com"},
        "education": [],
    }


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_proposed_is_a_valid_json_resume(kind: Kind) -> None:
    assert dict(faults(examine(f"cv.{kind}", MAKERS[kind](files.LINES)).document)) == {}


def test_a_json_resume_states_its_facts() -> None:
    assert examine("cv.json", files.json_resume()) == Finding(
        ResumeState.READ, Kind.JSON, document=files.FACTS
    )


def test_rtf_under_the_name_that_word_gives_it() -> None:
    assert examine("cv.doc", files.rtf()) == Finding(ResumeState.READ, Kind.RTF, document=files.FACTS)


def test_an_old_word_file_where_nothing_reads_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    finding = examine("cv.doc", files.OLE + "WordDocument".encode("utf-16-le"))

    assert (finding.state, finding.code) == (ResumeState.REFUSED, "doc_not_read_here")
