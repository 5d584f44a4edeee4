"""DOCX: an archive of WordprocessingML (ECMA-376)."""

from __future__ import annotations

import re

from ats.people.resumes.archive import Archive
from ats.people.resumes.readers.markup import BULLET, Tags, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
# A shape's text stands twice: once for new programs and once, in here, for old ones.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADER = re.compile(r"word/header\d*\.xml")
MAIN = re.compile(r"word/document\d*\.xml")


def _both(*names: str) -> frozenset[str]:
    return frozenset(space + name for space in (W, STRICT) for name in names)


TAGS = Tags(
    lines=_both("p"),
    texts=_both("t"),
    marks={
        **dict.fromkeys(_both("tab"), "\t"),
        **dict.fromkeys(_both("br", "cr"), "\n"),
        **dict.fromkeys(_both("noBreakHyphen"), "-"),
        **dict.fromkeys(_both("numPr"), BULLET),
    },
    # The settings of a paragraph name its tabulators, which are no characters of it.
    rows=_both("tr"),
    cells=_both("tc"),
    skipped=_both("tabs", "del", "moveFrom") | {FALLBACK},
)


def read(data: bytes) -> str:
    """Headers first, where many keep their name and address, then the body. Raises ResumeError."""
    archive = Archive(data)
    names = archive.names()
    headers = [name for name in names if HEADER.fullmatch(name)]
    main = next((name for name in names if MAIN.fullmatch(name)), "word/document.xml")
    return "\n".join(text_of(archive.read(name), TAGS) for name in [*headers, main])
