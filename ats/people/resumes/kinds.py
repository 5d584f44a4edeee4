"""The formats that a résumé may have."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    DOC = "doc"
    JSON = "json"
    TXT = "txt"


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.RTF: "application/rtf",
    Kind.DOC: "application/msword",
    Kind.JSON: "application/json",
    Kind.TXT: "text/plain; charset=utf-8",
}

# What a file of this name may be. Word itself saves RTF as `.doc`.
NAMED: dict[str, frozenset[Kind]] = {
    ".pdf": frozenset({Kind.PDF}),
    ".docx": frozenset({Kind.DOCX}),
    ".odt": frozenset({Kind.ODT}),
    ".rtf": frozenset({Kind.RTF}),
    ".doc": frozenset({Kind.DOC, Kind.RTF}),
    ".json": frozenset({Kind.JSON}),
    ".txt": frozenset({Kind.TXT, Kind.JSON}),
    ".md": frozenset({Kind.TXT}),
}
