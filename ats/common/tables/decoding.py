"""Bytes into text: UTF-8, UTF-16 and GB18030, with a byte order mark or without."""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
SAMPLE = 4096
# Chinese in GB18030: two high bytes in a row. An accented letter in a Western encoding stands alone.
PAIRS = re.compile(rb"(?:[\xa1-\xfe][\xa1-\xfe])+")
HIGH = re.compile(rb"[\x80-\xff]")


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises ValueError when no encoding fits.

    1. A byte order mark decides.
    2. Zero bytes at every second position: UTF-16 without a mark.
    3. UTF-8 proves itself: other encodings are hardly ever valid UTF-8.
    4. High bytes mostly in pairs: GB18030; mostly alone: Windows-1252.
    """
    encoding = encoding_of(content)
    try:
        return content.decode(encoding).removeprefix("\ufeff"), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"it is not in UTF-8, UTF-16 or GB18030 (byte {error.start + 1} fits none of them)"
        ) from error


def encoding_of(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:SAMPLE]
    evens, odds = sample[0::2].count(0), sample[1::2].count(0)
    if max(evens, odds) > len(sample) // 8:
        return "utf-16-le" if odds > evens else "utf-16-be"
    try:
        content.decode()
    except UnicodeDecodeError:
        return legacy_encoding(content)
    return "utf-8"


def legacy_encoding(content: bytes) -> str:
    paired = sum(map(len, PAIRS.findall(content)))
    return "gb18030" if paired * 2 >= len(HIGH.findall(content)) else "cp1252"
