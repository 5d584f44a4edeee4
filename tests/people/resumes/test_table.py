"""What is read out of real résumés, row by row; checked against the documents by eye."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.processes import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "resumes"
READ = "read"
RENDERCV = ("Classic", "Ember", "Engineeringclassic", "Engineeringresumes", "Harvard")
MORE_RENDERCV = ("Ink", "Moderncv", "Opal", "Sb2nov")
PAIRS = {
    "Accountant": ("Ebony Moore", "emoore@email.com", "206-555-0149", "Cloverfield College"),
    "Desktop_Support": ("Ivy Haddington", "ihaddington@email.com", "587-555-0176", "Big Sky University"),
    "Office_Coordinator": ("John Smith", "jsmith@email.com", "771-555-0100", "Northwest Chicago University"),
}
JANE = ("Jane Developer", "jane.developer@example.com", "(555) 123-4567")
OCTOCAT = ("八爪猫", "octocat@github.com", "(123)456-7890", {"八爪科技大学": "2024-06"})
BERKELEY, SHANGHAI = "University of California, Berkeley", "Shanghai Jiao Tong University"
NOBODY: tuple[object, ...] = ("", "", "", {})

# file: kind, outcome, name, email, phone, graduation by school ("" where no month is stated)
TABLE: dict[str, tuple[object, ...]] = {
    "deedy_resume.pdf": (
        *("pdf", READ, "Gao Ce", "whoami@whoareyou.com", "1111 1111 111"),
        [(SHANGHAI, "2019-03"), (SHANGHAI, "2016-09")],
    ),
    "derived_zh_lapiscv.docx": ("docx", READ, *OCTOCAT),
    "derived_zh_lapiscv.odt": ("odt", READ, *OCTOCAT),
    "hackmyresume_modern.doc": ("", "refused: type_unknown", *NOBODY),
    "hackmyresume_modern.json": (
        *("json", READ, "Jane Q. Fullstacker", "jdoe@onecoolstartup.io", "1-650-999-7777"),
        {"Cornell University": "2008-05", "Medfield College": "2005-06"},
    ),
    "hackmyresume_modern.pdf": (  # which shows neither address nor number
        *("pdf", READ, "Jane Q. Fullstacker", "", ""),
        {"Cornell University": "2008-05", "Medfield College": "2005-06"},
    ),
    "hrhelper_sample.pdf": (
        *("pdf", READ, "ALEX JOHNSON", "alex.johnson@example.com", "+1 (555) 987-6543"),
        {"MIT": ""},
    ),
    "jsonresume_complete.json": (
        "json",
        READ,
        *JANE,
        {BERKELEY: "2018-05", "Stanford University": "2020-06"},
    ),
    "jsonresume_new-grad.json": (
        *("json", READ, "Maya Okonkwo", "maya.okonkwo@example.com", "(206) 555-0142"),
        {"University of Washington": "2025-06"},
    ),
    "jsonresume_sample.json": ("json", READ, *JANE, {BERKELEY: "2018-05"}),
    "jsonresume_schema.json": ("json", "unreadable: not_json_resume", *NOBODY),
    "opencats_test.rtf": ("rtf", READ, *NOBODY),
    "openresume_laverne.pdf": (
        *("pdf", READ, "Leo Leopard", "lleopard@laverne.edu", "(909) 555-5555"),
        {"University of La Verne": "2016-06"},
    ),
    "openresume_sample.pdf": (
        *("pdf", READ, "John Doe", "hello@openresume.com", "123-456-7890"),
        {"XYZ University": "2023-05"},
    ),
    **{
        f"rendercv_{layout}.pdf": (
            *("pdf", READ, "John Doe", "john.doe@email.com", ""),
            {"Princeton University": "2023-05", "Boğaziçi University": "2018-06"},
        )
        for layout in (*RENDERCV, *MORE_RENDERCV)
    },
    **{
        f"soupboss_01-{pair}.{kind}": (kind, READ, *facts[:3], {facts[3]: ""})
        for pair, facts in PAIRS.items()
        for kind in ("docx", "pdf")
    },
    "soupboss_Mickey01.docx": (
        *("docx", READ, "Mickey Mouse", "", "123-456-7890"),
        {"Kyiv College of Information Systems and Technologies": ""},
    ),
    "soupboss_sample.txt": (
        *("txt", READ, "John Smith", "john.smith@email.com", "(555) 123-4567"),
        {BERKELEY: ""},
    ),
    "zh_deedy_resume-cn.pdf": ("pdf", "unreadable: letters_lost", *NOBODY),
    "zh_lapiscv_template-cn.md": ("txt", READ, *OCTOCAT),
    "zh_typst_orangex4.pdf": (
        *("pdf", READ, "某某", "liming@example.com", "(+86) 133-3333-3333"),
        {"某某大学": "2024-06"},
    ),
}
OLD_WORD = (
    "opencats_test.doc",
    {("doc", READ, *NOBODY[:3]), ("", "refused: doc_not_read_here", *NOBODY[:3])},
)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real résumés are not on this machine")
def test_real_resumes_give_what_they_state(tmp_path: Path) -> None:
    call_command(
        "resume_table", str(FOLDER), json=tmp_path / "table.json", stdout=(tmp_path / "out").open("w")
    )

    rows = {row.pop("file"): row for row in json.loads((tmp_path / "table.json").read_text("utf-8"))}
    old_word = rows.pop(OLD_WORD[0])
    found = {file: (*row.values(),) for file, row in rows.items()}
    assert found == {file: expected(*row) for file, row in TABLE.items()}
    assert tuple(old_word.values())[:5] in OLD_WORD[1]


def expected(*row: object) -> tuple[object, ...]:
    *facts, studies = row
    pairs = list(studies.items()) if isinstance(studies, dict) else studies
    assert isinstance(pairs, list)
    return (*facts, [school for school, _ in pairs], [month for _, month in pairs])


def test_the_table_is_printed_in_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "李娜.txt").write_text("李娜\n教育背景\n清华大学 2026.06\n", "utf-8")
    (tmp_path / "none.pdf").write_bytes(b"")

    call_command("resume_table", str(tmp_path))

    assert capsys.readouterr().out.splitlines() == [
        "file      kind  outcome         name  email  phone  schools   graduation",
        "none.pdf        refused: empty",
        "李娜.txt  txt   read            李娜                清华大学  2026-06",
    ]
