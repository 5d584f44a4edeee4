"""Documents of every person in every layout, each in one of the formats, with what they state."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ats.people.resumes.scoring import Stated
from tests.people.resumes import files
from tests.people.resumes.corpus.layouts import LAYOUTS, Layout, Person, form

DATA = tomllib.loads((Path(__file__).parent / "people.toml").read_text("utf-8"))
# In which text of each language is saved where it is not saved as UTF-8.
ENCODINGS = {
    "en": ("utf-8", "cp1252"),
    "zh": ("gb18030", "utf-16"),
    "tw": ("big5", "utf-8-sig"),
    "ja": ("shift_jis", "euc_jp"),
    "ko": ("euc_kr", "utf-16-le"),
    "de": ("cp1252", "utf-8"),
}


class Document(NamedTuple):
    name: str
    content: bytes
    stated: Stated


def documents() -> Iterator[Document]:
    """More than a hundred, the same at every call."""
    for i, person in enumerate(DATA["person"]):
        for j, layout in enumerate(LAYOUTS):
            yield _document(person, layout, i + j)


def _document(person: Person, layout: Layout, number: int) -> Document:
    lines = layout(person, DATA["words"][person["language"]])
    formats = _formats(person["language"], lines)
    suffix, content = formats[number % len(formats)]
    name = f"{person['language']}-{person['email'].partition('@')[0]}-{layout.__name__}.{suffix}"
    return Document(name, content, _stated(person, layout))


def _formats(language: str, lines: list[str]) -> list[tuple[str, bytes]]:
    """The lines in each format that can show their letters."""
    made = [
        *(("txt", files.text(lines, encoding)) for encoding in ENCODINGS[language]),
        ("docx", files.docx_with_tables(lines)),
        ("odt", files.odt_with_tables(lines)),
        ("rtf", files.rtf([line.replace("\t", r"\tab ") for line in lines])),
    ]
    if all(line.isascii() for line in lines):
        made.append(("pdf", files.pdf([line.replace("\t", "    ") for line in lines])))
    return made


def _stated(person: Person, layout: Layout) -> Stated:
    courses: list[dict[str, Any]] = person["courses"][:1] if layout is form else person["courses"]
    return {
        "name": person["name"],
        "email": person["email"],
        "phone": person["phone"],
        "courses": [(c["school"], c["degree"], c["end"]) for c in courses],
    }
