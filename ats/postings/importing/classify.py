"""Which track a posting belongs on and whether it is an AI posting, by a table of terms."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ats.models import UNCLASSIFIED

CJK = "[\u3400-\u9fff\uf900-\ufaff]"
CHINESE = re.compile(CJK)
WORDS = re.compile(rf"{CJK}+|(?:(?!{CJK})[\w+#])+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that puts a posting on `track` ("": on none), marks it as AI, or both."""

    term: str
    track: str = ""
    is_ai: bool = False
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    track: str
    is_ai: bool


class Classifier:
    """The terms in the order in which they decide: heaviest, longest, first of the table.

    A heavy term names a job outright, a light one only hints; of two of a weight the longer one
    says more ("data science" than "data"); the table's order makes the rest certain.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        ranked = sorted(terms, key=lambda term: (-term.weight, -len(term.term)))
        self.tracks = Index((term.term, term.track) for term in ranked if term.track)
        self.ai = Index((term.term, "ai") for term in ranked if term.is_ai)

    def judge(self, *, title: str, category: str = "") -> Verdict:
        """The title decides; the feed's category only where the title says nothing."""
        texts = spaced(title), spaced(category)
        return Verdict(
            track=self.tracks.first_in(texts[0]) or self.tracks.first_in(texts[1]) or UNCLASSIFIED,
            is_ai=any(map(self.ai.first_in, texts)),
        )


class Index:
    """Needles in order, found by their first word or, in Chinese, their first character: a title
    is compared with the few terms that can begin in it, not with the whole table."""

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self.by_start = defaultdict[str, list[tuple[int, str, str]]](list)
        for rank, (term, value) in enumerate(terms):
            word = needle(term)
            self.by_start[start_of(word)].append((rank, word, value))

    def first_in(self, text: str) -> str:
        """The value of the first term in the order of the table that is in a `spaced` text, or ""."""
        found = (
            entry for start in starts_in(text) for entry in self.by_start.get(start, ()) if entry[1] in text
        )
        return min(found, default=(0, "", ""))[2]


def start_of(word: str) -> str:
    """The key of a needle: its first Latin word, or its first character in Chinese."""
    return word[0] if CHINESE.match(word) else word.split(maxsplit=1)[0]


def starts_in(text: str) -> set[str]:
    return {*text.split(), *CHINESE.findall(text)}


def spaced(text: str) -> str:
    """Folded words with a space around each; a run of Chinese is one word: " ai 产品经理 "."""
    return f" {' '.join(WORDS.findall(unicodedata.normalize('NFKC', text).casefold()))} "


def needle(term: str) -> str:
    """What to look for in a `spaced` text: Latin words whole, Chinese anywhere in a run."""
    text = spaced(term)
    start = 1 if re.match(CJK, text[1:]) else 0
    return text[start : -1 if re.search(f"{CJK} $", text) else None]
