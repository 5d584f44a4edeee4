"""What a file is, recognised by its bytes alone; its name may only contradict."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import PurePath

from ats.people.resumes.errors import ResumeError
from ats.people.resumes.kinds import NAMED, Kind
from ats.people.resumes.readers.doc import TOOLS
from ats.people.resumes.utf16 import utf16_of

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_END, ZIP_END_WITHIN = b"PK\x05\x06", 22 + 65_535
PDF_WITHIN = 1024  # readers of PDF forgive so much before the header
ODT_MARK = b"mimetypeapplication/vnd.oasis.opendocument.text"
MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<svg", b"<script")
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f"))


def detect(name: str, data: bytes) -> Kind:
    """The kind of a file. Raises ResumeError for one that is no résumé, or two things at once."""
    kind = kind_of(data)
    allowed = NAMED.get(PurePath(name).suffix.lower())
    if allowed and kind not in allowed:
        raise ResumeError("mislabelled")
    if kind is Kind.DOC and not any(shutil.which(tool[0]) for tool in TOOLS):
        raise ResumeError("doc_not_read_here")
    return kind


def kind_of(data: bytes) -> Kind:
    """Raises ResumeError "empty", "two_in_one", "encrypted" or "type_unknown"."""
    if not data.strip():
        raise ResumeError("empty")
    if _is_two_things(data):
        raise ResumeError("two_in_one")
    if data.startswith(OLE) and _utf16("EncryptedPackage") in data:
        raise ResumeError("encrypted")
    kind = next((kind for kind, is_it in MARKS if is_it(data)), None)
    if kind is None:
        raise ResumeError("type_unknown")
    return kind


def _is_two_things(data: bytes) -> bool:
    """Both a PDF and an archive: each reader would see another document."""
    return b"%PDF-" in data[:PDF_WITHIN] and (
        not data.startswith(b"%PDF-") or ZIP_END in data[-ZIP_END_WITHIN:]
    )


def _is_docx(data: bytes) -> bool:
    return data.startswith(ZIP) and b"[Content_Types].xml" in data and b"word/" in data


def _is_odt(data: bytes) -> bool:
    """OpenDocument begins with its own type, unpacked, at this offset."""
    return data.startswith(ZIP) and data[30:].startswith(ODT_MARK)


def _is_text(data: bytes) -> bool:
    if encoding := utf16_of(data):
        data = data.decode(encoding, errors="replace").removeprefix("\ufeff").encode()
    is_markup = data.lstrip()[:20].lower().startswith(MARKUP)
    return not is_markup and data == data.translate(None, CONTROLS)


def _is_json(data: bytes) -> bool:
    return _is_text(data) and data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


MARKS: tuple[tuple[Kind, Callable[[bytes], bool]], ...] = (
    (Kind.PDF, lambda data: data.startswith(b"%PDF-")),
    (Kind.DOCX, _is_docx),
    (Kind.ODT, _is_odt),
    (Kind.DOC, lambda data: data.startswith(OLE) and _utf16("WordDocument") in data),
    (Kind.RTF, lambda data: data.startswith(rb"{\rtf")),
    (Kind.JSON, _is_json),
    (Kind.TXT, _is_text),
)
