"""Text in pairs of bytes, as Windows calls it "Unicode"."""

from __future__ import annotations

import codecs

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAMPLE = 40_000  # bytes that are looked at
LEAST_PLAIN = 0.98  # share of characters that a text may show


def utf16_of(data: bytes) -> str:
    """The encoding of text in pairs of bytes; "" when it is none. Without a mark the zeros show it:
    every second byte of a line break, a digit or a blank."""
    if data.startswith(UTF16):
        return "utf-16"
    sample = data[:SAMPLE]
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if max(low, high) <= 3 * min(low, high):  # some letters of Chinese have such a byte too
        return ""
    encoding = "utf-16-le" if high > low else "utf-16-be"
    text = data[: len(data) // 2 * 2].decode(encoding, errors="replace")
    is_text = "\n" in text and sum(map(_is_plain, text[:2000])) >= LEAST_PLAIN * len(text[:2000])
    return encoding if is_text else ""


def _is_plain(char: str) -> bool:
    """Whether a character may stand in a text: no control, no half of a pair, nobody's private one."""
    return char in "\r\n\t\f" or (
        char >= " " and not "\x7f" <= char < "\xa0" and not "\ud800" <= char < "\uf900" and char != "\ufffd"
    )
