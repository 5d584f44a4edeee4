from __future__ import annotations

import re
import unicodedata

CHINA = re.compile(r"86(1\d{10})")


def normal_phone(raw: str) -> str:
    """The digits by which a phone is recognised: without 00, +86 of a Chinese mobile, or a leading 0.

    A number of another country is the same only when written with its code both times.
    """
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", raw)).lstrip("0")
    found = CHINA.fullmatch(digits)
    return found[1] if found else digits
