"""Patterns out of lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable

BEGIN, END = r"(?<![^\W\d_])", r"(?![^\W\d_])"


def any_of(words: Iterable[str]) -> str:
    """A pattern of whichever word fits, the longest first. Western words begin and end with a word.

    Words of one kind share their edges: to look at them for each word would cost ten times as much.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for word in sorted(set(words), key=len, reverse=True):
        edges = (BEGIN if _has_edge(word[0]) else "", END if _has_edge(word[-1]) else "")
        groups.setdefault(edges, []).append(re.escape(word))
    return "|".join(f"{begin}(?:{'|'.join(group)}){end}" for (begin, end), group in groups.items())


def _has_edge(letter: str) -> bool:
    """Chinese, Japanese and Korean put words together; other letters stand within one word."""
    return letter.isalnum() and letter < "\u1100"
