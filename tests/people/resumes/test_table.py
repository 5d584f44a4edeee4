"""What is read out of real résumés and of the corpus, value by value, and the table that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from ats.people.resumes.pipeline import read_file
from ats.people.resumes.scoring import FIELDS, Stated, proposed_values, score, stated_values
from tests.people.resumes.corpus.documents import Document, documents
from tests.people.resumes.real import FOLDER, NOT_READ, STATED
from tests.people.resumes.unconfined import read

LEAST_PRECISION, LEAST_RECALL = 0.98, 0.90


def faults(stated: Stated, document: dict[str, object]) -> dict[str, tuple[list[str], list[str]]]:
    """Of each field that was read wrong, what is stated and what was read."""
    both = {field: (stated_values(field, stated), proposed_values(field, document)) for field in FIELDS}
    return {field: pair for field, pair in both.items() if sorted(pair[0]) != sorted(pair[1])}


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real résumés are not on this machine")
@pytest.mark.parametrize("name", sorted(STATED))
def test_a_real_resume_gives_what_it_states(name: str) -> None:
    document = read(name, (FOLDER / name).read_bytes())

    assert faults(STATED[name], document) == {}


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real résumés are not on this machine")
def test_every_real_resume_is_read_or_says_why_not() -> None:
    names = {file.name for file in FOLDER.iterdir()}
    codes = {name: read_file(name, (FOLDER / name).read_bytes()).code for name in NOT_READ}

    old_word = codes.pop("opencats_test.doc")
    assert names == {*STATED, *NOT_READ}
    assert codes == {name: code for name, code in NOT_READ.items() if name in codes}
    assert old_word in ("", NOT_READ["opencats_test.doc"])


def test_the_corpus_gives_what_it_states() -> None:
    """Ten layouts in six languages; the bounds are what is promised, whatever is added to it."""
    made = list(documents())
    pairs = [(document.stated, read(document.name, document.content)) for document in made]

    scores = score(pairs)

    assert len(made) >= 60
    below = {
        field: (found.precision, found.recall)
        for field, found in scores.items()
        if found.precision < LEAST_PRECISION or found.recall < LEAST_RECALL
    }
    assert below == {}


def test_a_score_counts_what_is_stated_proposed_and_both() -> None:
    stated: Stated = {
        "name": "李 娜",
        "email": "",
        "phone": "138 0000 0000",
        "courses": [("A", "BSc", "2026-06"), ("B", "MSc", "")],
    }
    read = {
        "basics": {"name": "李娜", "email": "x@example.com"},
        "education": [{"institution": "B", "studyType": "BSc", "endDate": "2026-06"}],
    }

    scores = score([(stated, read)])

    assert {field: (s.stated, s.proposed, s.right) for field, s in scores.items()} == {
        "name": (1, 1, 1),
        "email": (0, 1, 0),
        "phone": (1, 0, 0),
        "school": (2, 1, 1),
        "degree": (2, 1, 0),
        "graduation": (1, 1, 0),
    }


def a_folder(folder: Path) -> list[Document]:
    (folder / "李娜.txt").write_text("李娜\n教育背景\n清华大学 本科 2026.06\n", "utf-8")
    (folder / "none.pdf").write_bytes(b"")
    return []


def test_the_table_is_printed_in_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_folder(tmp_path)

    call_command("resume_table", str(tmp_path))

    assert capsys.readouterr().out.splitlines() == [
        "file      kind  outcome         name  email  phone  schools   degrees  graduation",
        "none.pdf        refused: empty",
        "李娜.txt  txt   read            李娜                清华大学  本科     2026-06",
    ]


def test_the_table_is_scored_against_what_is_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "files").mkdir()
    a_folder(tmp_path / "files")
    stated = {
        "李娜.txt": {"name": "李娜", "email": "", "phone": "1", "courses": [["清华大学", "本科", "2026-07"]]}
    }
    (tmp_path / "stated.json").write_text(json.dumps(stated), "utf-8")

    call_command("resume_table", str(tmp_path / "files"), stated=tmp_path / "stated.json")

    assert capsys.readouterr().out.splitlines()[-7:] == [
        "field       precision  recall  stated  proposed  right",
        "name             1.00    1.00       1         1      1",
        "email            1.00    1.00       0         0      0",
        "phone            1.00    0.00       1         0      0",
        "school           1.00    1.00       1         1      1",
        "degree           1.00    1.00       1         1      1",
        "graduation       0.00    0.00       1         1      0",
    ]
