"""A row put into the terms of the database, with the digest that tells whether it has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from ats.models import PostingState
from ats.postings.importing.cities import cities_in
from ats.postings.importing.classify import Classifier, Verdict
from ats.postings.importing.rows import PostingRow

# What a feed says under the names of `Posting`; state, track, date and locations are worked out.
COPIED = (
    *("title", "title_zh", "employer", "kind", "programme", "description", "requirements"),
    *("pay", "graduation", "url", "head_count"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a posting is to be: the row, where it was put and the digest of all that."""

    row: PostingRow
    verdict: Verdict
    digest: str

    @property
    def external_id(self) -> str:
        return self.row.external_id

    def fields(self, tracks: Mapping[str, int]) -> dict[str, Any]:
        """The columns of a posting that the feed decides on; `tracks` are the ids by code."""
        return {
            **{name: getattr(self.row, name) for name in COPIED},
            "published_at": self.row.published_at,
            "track_id": tracks[self.verdict.track],
            "is_ai": self.verdict.is_ai,
            "state": state_of(self.row),
        }


def draft(row: PostingRow, classifier: Classifier) -> Draft:
    """The row on its track, with its cities by their usual names."""
    verdict = classifier.judge(title=row.title, category=row.category)
    names = tuple(dict.fromkeys(name for text in row.locations for name in cities_in(text)))
    row = replace(row, locations=names)
    return Draft(row, verdict, digest(row, verdict))


def digest(row: PostingRow, verdict: Verdict) -> str:
    """64 hex digits over all that is stored. A date worked out from an age is no part of it."""
    published = row.published_at and not row.published_roughly and row.published_at.isoformat()
    said = [getattr(row, name) for name in COPIED]
    said += [row.locations, published, state_of(row), verdict.track, verdict.is_ai]
    return sha256(json.dumps(said).encode()).hexdigest()


def state_of(row: PostingRow) -> PostingState:
    """Not open is closed, whether shown or not; open but hidden is a draft."""
    if not row.is_open:
        return PostingState.CLOSED
    return PostingState.OPEN if row.is_visible else PostingState.DRAFT
