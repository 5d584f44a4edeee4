"""Cutting what somebody writes into the parts that may be names of schools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ats.common.chinese import simplified
from ats.common.institution_names import fold, key_of, words
from ats.common.search_terms import CJK

LONGEST = 200
MOST_WORDS = 24
SEPARATOR = re.compile(
    rf"[()\[\]{{}}<>【】「」『』《》〈〉〔〕,;:/|·•、。!?*\n\t]|[-–—―~]{{2,}}|\s[-–—―]\s|[–—―]"
    rf"|(?<=[{CJK}])[\s\-_.]+|[\s\-_.]+(?=[{CJK}])|(?<=[{CJK}])(?=[^\W_{CJK}])|(?<=[^\W_{CJK}])(?=[{CJK}])"
)
FULL_NAME = re.compile(r"大学|学院|学校|分校")
FULL_WORDS = frozenset({"university", "institute", "college"})
# "Tianjin University of Technology" is not Tianjin University with something beside it.
CONNECTING = frozenset({"of", "for", "and"})
ABBREVIATIONS = range(2, 6)  # characters of a Chinese abbreviation that a department may follow
CITIES = range(2, 5)  # characters of a city or region before a Chinese name


@dataclass(frozen=True, slots=True)
class Split:
    """A part as a name and what stands beside it. A `full` name says by itself that it is a school."""

    name: str
    beside: str
    full: bool
    after: bool  # whether `beside` follows the name


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as one name, and as parts that are names or stand beside one."""

    whole: str
    parts: tuple[str, ...]


@lru_cache(65536)
def keys_of(folded: str) -> tuple[str, ...]:
    """The keys that a folded text is looked up by: as it is written, and in simplified characters."""
    written = words(folded)
    simple = written if folded.isascii() else words(simplified(folded))
    return tuple(dict.fromkeys(filter(None, [key_of(simple), key_of(written, gap=" ")])))


@lru_cache(16384)
def read(text: str) -> Reading:
    folded = fold(text[:LONGEST], simplify=False)
    parts = (part.strip(" .-_'\"") for part in SEPARATOR.split(folded))
    return Reading(folded, tuple(part for part in parts if part))


@lru_cache(16384)
def splits(part: str) -> tuple[Split, ...]:
    """The ways to read a part as a name and something beside it, the longest name first."""
    found = words(part)
    ways = _latin(found) if part.isascii() else _chinese(part) if len(found) == 1 else ()
    return tuple(sorted(ways, key=lambda split: -len(split.name)))


def _latin(found: list[str]) -> Iterator[Split]:
    for cut in range(1, min(len(found), MOST_WORDS)):
        head, tail = found[:cut], found[cut:]
        if not CONNECTING.intersection((head[-1], tail[0])):
            yield Split(" ".join(head), " ".join(tail), bool(FULL_WORDS.intersection(head)), after=True)
        yield Split(" ".join(tail), " ".join(head), bool(FULL_WORDS.intersection(tail)), after=False)


def _chinese(part: str) -> Iterator[Split]:
    simple = simplified(part)
    ends = {found.end() for found in FULL_NAME.finditer(simple)} if len(simple) == len(part) else set()
    for cut in sorted({*ends, *ABBREVIATIONS}):
        if cut < len(part):
            yield Split(part[:cut], part[cut:], cut in ends, after=True)
    for cut in CITIES:
        if cut + 1 < len(part):
            yield Split(part[cut:], part[:cut], bool(FULL_NAME.search(simple)), after=False)
