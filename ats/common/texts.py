"""What a text may consist of: one rule for everything that people type."""

from __future__ import annotations

import unicodedata

# Characters that show nothing although they count as letters or symbols: fillers and the blank of Braille.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
SHOWN = frozenset("LNPS")  # categories of letters, numbers, punctuation and symbols
# What changes the direction of the text around it, so that it reads as something else.
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINES = frozenset("\n\r\t")


def shows_something(text: str) -> bool:
    """Whether anybody sees the text: not if it is only blanks, zero-width or control characters."""
    return any(unicodedata.category(sign)[0] in SHOWN and sign not in BLANK_LETTERS for sign in text)


def hides_something(text: str) -> bool:
    """Whether there are control characters or overrides of direction in the text."""
    return any(
        sign in OVERRIDES or (unicodedata.category(sign) == "Cc" and sign not in LINES) for sign in text
    )
