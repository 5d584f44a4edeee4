"""Which track a posting belongs on and whether it is an AI posting, by a table of terms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ats.models import UNCLASSIFIED

CJK = "[\u3400-\u9fff\uf900-\ufaff]"
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
        self.tracks = [(needle(term.term), term.track) for term in ranked if term.track]
        self.ai = [needle(term.term) for term in ranked if term.is_ai]

    def judge(self, *, title: str, category: str = "") -> Verdict:
        """The title decides; the feed's category only where the title says nothing."""
        texts = spaced(title), spaced(category)
        found = (self.track_of(text) for text in texts)
        return Verdict(
            track=next(filter(None, found), UNCLASSIFIED),
            is_ai=any(word in text for text in texts for word in self.ai),
        )

    def track_of(self, text: str) -> str:
        return next((track for word, track in self.tracks if word in text), "")


def spaced(text: str) -> str:
    """Folded words with a space around each; a run of Chinese is one word: " ai 产品经理 "."""
    return f" {' '.join(WORDS.findall(unicodedata.normalize('NFKC', text).casefold()))} "


def needle(term: str) -> str:
    """What to look for in a `spaced` text: Latin words whole, Chinese anywhere in a run."""
    text = spaced(term)
    start = 1 if re.match(CJK, text[1:]) else 0
    return text[start : -1 if re.search(f"{CJK} $", text) else None]
