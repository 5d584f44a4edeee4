"""Plain text, or Markdown."""

from __future__ import annotations

import codecs
import re

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MARKS = re.compile(r"^[ \t]*(?:#{1,6}|>)[ \t]+|`|\*\*", re.MULTILINE)
WIDE = re.compile(r"[\u2014-\u2026\u3000-\u9fff\uff00-\uffef]")


def read(data: bytes) -> str:
    return MARKS.sub("", decode(data))


def decode(data: bytes) -> str:
    """UTF-8 or marked UTF-16; else what Chinese Windows wrote, if that gives Chinese; else Western."""
    encoding = "utf-16" if data.startswith(UTF16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        chinese = data.decode("gb18030", errors="replace")
    strange = [char for char in chinese if not char.isascii()]
    is_chinese = all(WIDE.match(char) for char in strange)
    return chinese if is_chinese else data.decode("cp1252", errors="replace")
