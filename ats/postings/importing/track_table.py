"""How well the shipped terms put titles on tracks: precision, and the AI postings that are missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ats.common.reference import reference
from ats.models import UNCLASSIFIED
from ats.postings.importing.classify import Classifier, Term


@dataclass(frozen=True, slots=True)
class Title:
    """A title with the track that it belongs to, and whether it names AI."""

    title: str
    track: str
    names_ai: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of titles; `wrong` and `missed` list (title, track found)."""

    titles: int
    placed: int
    right: int
    named_ai: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[str, ...]
    falsely_ai: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of the titles that were put on a track, the share on the right one."""
        return self.right / self.placed if self.placed else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.titles if self.titles else 0.0

    @property
    def ai_missed(self) -> float:
        """Of the titles that name AI, the share that was not marked."""
        return len(self.missed) / self.named_ai if self.named_ai else 0.0


def shipped_classifier() -> Classifier:
    """By the table that every organisation starts with."""
    return Classifier(Term(**row) for row in reference("track_terms")["term"])


def score(titles: Iterable[Title], classifier: Classifier) -> Score:
    listed: Sequence[Title] = list(titles)
    found = [(each, classifier.judge(title=each.title)) for each in listed]
    placed = [(each, verdict) for each, verdict in found if verdict.track != UNCLASSIFIED]
    return Score(
        titles=len(listed),
        placed=len(placed),
        right=sum(each.track == verdict.track for each, verdict in placed),
        named_ai=sum(each.names_ai for each in listed),
        wrong=tuple((each.title, verdict.track) for each, verdict in found if each.track != verdict.track),
        missed=tuple(each.title for each, verdict in found if each.names_ai and not verdict.is_ai),
        falsely_ai=tuple(each.title for each, verdict in found if verdict.is_ai and not each.names_ai),
    )
