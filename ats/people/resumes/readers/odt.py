"""ODT: an archive of OpenDocument (ISO/IEC 26300)."""

from __future__ import annotations

from ats.people.resumes.archive import Archive
from ats.people.resumes.errors import ResumeError
from ats.people.resumes.readers.markup import BULLET, Tags, text_of

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})

TAGS = Tags(
    lines=PARAGRAPHS,
    texts=PARAGRAPHS,
    marks={
        f"{TEXT}tab": "\t",
        f"{TEXT}s": " ",
        f"{TEXT}line-break": "\n",
        f"{TEXT}list-item": BULLET,
    },
    rows=frozenset({f"{TABLE}table-row"}),
    cells=frozenset({f"{TABLE}table-cell"}),
    skipped=frozenset({f"{OFFICE}annotation", f"{TEXT}tracked-changes"}),
)


def read(data: bytes) -> str:
    """The text of the body. Raises ResumeError."""
    archive = Archive(data)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise ResumeError("encrypted")
    return text_of(archive.read("content.xml"), TAGS)
