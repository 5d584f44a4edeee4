"""Plain text, or Markdown, in whatever encoding it was saved."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from ats.people.resumes.limits import CHARACTERS
from ats.people.resumes.utf16 import utf16_of

# What Windows saved text in before UTF-8, where people apply from. They are distinguished by how
# likely the words are, so a rare one would only make the others less sure.
LEGACY = ("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1252", "cp1251")
MARKS = re.compile(r"^[ \t]*+>[ \t]+|`|\*\*", re.MULTILINE)
RULE = re.compile(r"^(?=[^\n]*---)[|: \t-]++$", re.MULTILINE)  # between the head of a table and its rows
LINK = re.compile(r"\[([^\]\n]{0,200})\]\((?:mailto:|tel:)?[^)\s]{0,500}\)")
SAMPLE = 40_000  # bytes, by which an encoding is recognised


def read(data: bytes) -> str:
    return LINK.sub(r"\1", RULE.sub("", MARKS.sub("", decode(data)[:CHARACTERS])))


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16, marked or not; else what `charset_normalizer` finds most likely; else Western."""
    encoding = utf16_of(data) or "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        best = from_bytes(data[:SAMPLE], cp_isolation=list(LEGACY)).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")
