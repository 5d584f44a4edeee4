"""Patterns out of lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A pattern of whichever word fits, the longest first. Western words begin and end with a word."""
    return "|".join(map(_bounded, sorted(set(words), key=len, reverse=True)))


def _bounded(word: str) -> str:
    before = r"(?<![^\W\d_])" if _has_edges(word[0]) else ""
    after = r"(?![^\W\d_])" if _has_edges(word[-1]) else ""
    return before + re.escape(word) + after


def _has_edges(letter: str) -> bool:
    """Chinese, Japanese and Korean put words together; other letters stand within one word."""
    return letter.isalnum() and letter < "\u1100"
