"""Cutting text into the terms that people are searched by.

Chinese has no spaces and most searches have one or two characters, which no trigram index can
serve: so a run of CJK characters becomes its single characters and its pairs, anything else words.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

CJK = (
    "\u3040-\u30ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs
    "\uac00-\ud7af"  # hangul
)
RUN = re.compile(rf"([{CJK}]+)|[^\W_{CJK}]+")
ACCENTS = re.compile("[\u0300-\u036f]")
# What people type for letters that are no letter with an accent.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
LONGEST = 100  # characters of a word that count: PostgreSQL's terms have at most 2 KB


def terms(text: str) -> set[str]:
    """Every term under which `text` is found."""
    found: set[str] = set()
    for run, is_cjk in _runs(text):
        found |= {*run, *_pairs(run)} if is_cjk else {run}
    return found


def wanted(text: str) -> tuple[set[str], set[str]]:
    """The terms that must all be there for `text` to be found: whole ones, and beginnings of words.

    A run of CJK characters asks for its pairs, and for a single character only when it is alone.
    """
    whole: set[str] = set()
    beginnings: set[str] = set()
    for run, is_cjk in _runs(text):
        if is_cjk:
            whole |= _pairs(run) or {run}
        else:
            beginnings.add(run)
    return whole, beginnings


def _runs(text: str) -> list[tuple[str, bool]]:
    """The words and CJK runs of `text` in one spelling."""
    return [(found[1] or found[0][:LONGEST], bool(found[1])) for found in RUN.finditer(folded(text))]


def folded(text: str) -> str:
    """One spelling of a text: full-width forms, case and accents make no difference."""
    lower = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    return unicodedata.normalize("NFKC", ACCENTS.sub("", unicodedata.normalize("NFKD", lower)))


def _pairs(run: str) -> set[str]:
    return {first + second for first, second in pairwise(run)}
