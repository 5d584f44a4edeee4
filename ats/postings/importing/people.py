"""What people have done to imported postings: from then on it is theirs, not the feed's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ats.models import Event, EventType, Posting

EDITS = (EventType.POSTING_UPDATED, EventType.POSTING_STATE_CHANGED)


def edited_by_people(postings: Iterable[Posting]) -> defaultdict[int, frozenset[str]]:
    """The fields that a person has set, by posting: the event log knows. One statement."""
    events = Event.objects.filter(posting__in=list(postings), type__in=EDITS, actor__isnull=False)
    events = events.exclude(data__has_key="import")  # the file of an import that a person began
    owned = defaultdict[int, frozenset[str]](frozenset)
    for posting_id, kind, data in events.values_list("posting_id", "type", "data"):
        if posting_id is not None:
            owned[posting_id] |= fields_of(kind, data)
    return owned


def fields_of(kind: str, data: dict[str, list[str]]) -> frozenset[str]:
    if kind == EventType.POSTING_STATE_CHANGED:
        return frozenset({"state"})
    return frozenset(data["fields"])
