"""Files that mean harm, or that nobody can read: each has its refusal, and nothing comes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ats.models import ResumeState
from ats.people.resumes.pipeline import read_file
from tests.people.resumes import files

DEEP = b'{"basics":' + b"[" * 1_000_000
SLOW = rb"{\rtf1 " + rb"{\field{\*\fldinst{HYPERLINK " * 20_000 + b"}"

HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing": ("cv.pdf", lambda: b"", "refused: empty"),
    "blanks": ("cv.txt", lambda: b" \r\n\t ", "refused: empty"),
    "too large": ("cv.txt", lambda: b"a" * 5_000_001, "refused: too_large"),
    "a program": ("cv.pdf", lambda: b"MZ\x90\x00" + bytes(100), "refused: type_unknown"),
    "a picture": ("cv.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "refused: type_unknown"),
    "a page": ("cv.txt", lambda: b"<html><script>x()</script>", "refused: type_unknown"),
    "a page in pairs": ("cv.txt", lambda: "<html><b>\nx</b>".encode("utf-16"), "refused: type_unknown"),
    "a page in pairs unmarked": (
        "cv.txt",
        lambda: "<html><b>\nx</b>\n".encode("utf-16-le"),
        "refused: type_unknown",
    ),
    "zeros": ("cv.txt", lambda: bytes(1000), "refused: type_unknown"),
    "archives in archives": ("cv.zip", files.nested_bomb, "refused: type_unknown"),
    "they as DOCX": ("cv.docx", files.nested_bomb, "refused: type_unknown"),
    "DOCX named PDF": ("cv.pdf", files.docx, "refused: mislabelled"),
    "PDF named DOCX": ("cv.docx", files.pdf, "refused: mislabelled"),
    "text named PDF": ("cv.PDF", files.text, "refused: mislabelled"),
    "PDF before an archive": ("cv.pdf", lambda: files.pdf() + files.docx(), "refused: two_in_one"),
    "PDF in an archive": (
        "cv.docx",
        lambda: files.archive({"a": b""}) + files.pdf(),
        "refused: two_in_one",
    ),
    "a locked PDF": ("cv.pdf", files.locked_pdf, "refused: encrypted"),
    "a locked DOCX": ("cv.docx", files.locked_office, "refused: encrypted"),
    "a locked archive": ("cv.docx", files.locked_archive, "refused: encrypted"),
    "a locked ODT": ("cv.odt", lambda: files.odt(manifest="<encryption-data/>"), "refused: encrypted"),
    "2,000 pages": ("cv.pdf", lambda: files.pdf(pages=2_000), "refused: too_many_pages"),
    "a zip bomb": ("cv.docx", files.bomb, "refused: archive_bomb"),
    "too many members": ("cv.docx", files.crowded, "refused: archive_bomb"),
    "a lying size": ("cv.docx", files.lying, "unreadable: damaged"),
    "a way up": ("cv.docx", lambda: files.docx(more={"../../evil.py": ""}), "refused: archive_trap"),
    "a way to the root": ("cv.docx", lambda: files.docx(more={"/etc/evil": ""}), "refused: archive_trap"),
    "a way up on Windows": ("cv.docx", lambda: files.docx(more={"..\\evil": ""}), "refused: archive_trap"),
    "a link": ("cv.docx", files.linked, "refused: archive_trap"),
    "billion laughs": ("cv.docx", lambda: files.docx(doctype=files.LAUGHS), "refused: xml_entities"),
    "laughs in ODT": ("cv.odt", lambda: files.odt(doctype=files.LAUGHS), "refused: xml_entities"),
    "a file from outside": ("cv.docx", lambda: files.docx(doctype=files.OUTSIDE), "refused: xml_entities"),
    "a PDF that inflates": ("cv.pdf", files.inflating_pdf, "refused: reader_died"),
    "a PDF in a circle": ("cv.pdf", files.circular_pdf, "unreadable: damaged"),
    "half a PDF": ("cv.pdf", lambda: b"%PDF-1.7\n" + bytes(200), "unreadable: damaged"),
    "half a DOCX": ("cv.docx", lambda: files.docx()[:-30], "unreadable: damaged"),
    "a picture as PDF": ("cv.pdf", lambda: files.pdf([]), "unreadable: no_text"),
    "bottomless JSON": ("cv.json", lambda: DEEP, "refused: too_heavy"),
    "any JSON": ("cv.json", lambda: b'{"a": 1}', "unreadable: not_json_resume"),
    "a slow RTF": ("cv.rtf", lambda: SLOW, "refused: too_slow"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(case: str) -> None:
    name, make, outcome = HOSTILE[case]

    finding = read_file(name, make())

    assert (f"{finding.state}: {finding.code}", finding.document) == (outcome, {})


def test_a_bomb_within_a_document_stays_packed() -> None:
    document = files.docx(more={"word/embeddings/sheet.xlsx": files.nested_bomb()})

    finding = read_file("cv.docx", document)

    assert (finding.state, finding.document) == (ResumeState.READ, files.FIELDS)


AWKWARD = {
    "blanks": " " * 200_000,
    "tabs and blanks": "\t " * 100_000,
    "line breaks": "\n" * 100_000 + "x",
    "set-apart letters": "学 " * 100_000,
    "set-apart capitals": "A " * 100_000,
    "digits": "1" * 200_000,
    "groups of digits": "12 " * 66_000,
    "cells": "a | " * 50_000,
    "dots": "a." * 100_000,
    "half addresses": "a@a." * 50_000,
    "one word": "a" * 200_000,
    "schools": "大学" * 100_000,
    "dates": "2023.09-" * 25_000,
    "labels": "姓名：" * 66_000,
    "brackets": "<a" * 100_000,
    "dashes": "–\n" * 100_000,
}


@pytest.mark.parametrize("shape", AWKWARD)
def test_no_shape_of_text_makes_the_reader_slow(shape: str) -> None:
    """Each costs a tenth of what the process may take; what grows with the square would cost all of it."""
    finding = read_file("cv.txt", f"Li Na\nEducation\nMIT, BSc, June 2026\n{AWKWARD[shape]}".encode())

    first = finding.document["education"][0]
    assert (finding.state, first["institution"], first["studyType"]) == (ResumeState.READ, "MIT", "BSc")
