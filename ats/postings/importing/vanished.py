"""Postings that their feed no longer lists: reported by an import, and closed when somebody says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now

from ats.models import Posting, PostingState
from ats.postings.importing.events import record, updated
from ats.postings.importing.identities import Known
from ats.postings.importing.people import edited_by_people
from ats.postings.importing.store import BATCH, take_turn
from ats.postings.importing.target import Target


@dataclass(frozen=True, slots=True)
class Vanished:
    """A posting that is not closed and that the feed does not list now."""

    external_id: str
    title: str


def vanished(known: Mapping[str, Known], *, seen: Set[str], mentioned: Set[str]) -> tuple[Vanished, ...]:
    """`seen` are the ids of the rows that were read, `mentioned` the texts of those that could not be:
    a posting whose row is faulty today has not vanished."""
    return tuple(
        Vanished(external_id, posting.name[1])
        for external_id, posting in sorted(known.items())
        if posting.state != PostingState.CLOSED
        and external_id not in seen
        and not is_mentioned(external_id, posting, mentioned)
    )


def is_mentioned(external_id: str, posting: Known, mentioned: Set[str]) -> bool:
    return external_id in mentioned or posting.name[1] in mentioned


def close_vanished(target: Target, rows: Iterable[Vanished]) -> int:
    """Close these postings, each with its events; the number closed. What a person has opened or
    paused by hand is theirs and stays."""
    ids = [row.external_id for row in rows]
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(close_batch(target, batch) for batch in batches)


@transaction.atomic
def close_batch(target: Target, ids: list[str]) -> int:
    take_turn(target)
    rows = Posting.objects.for_org(target.organisation).filter(campaign=target.campaign, feed=target.feed)
    found = rows.filter(external_id__in=ids).exclude(state=PostingState.CLOSED)
    postings = list(found.select_for_update(no_key=True).order_by("id"))
    edited = edited_by_people(postings)
    closed = [posting for posting in postings if "state" not in edited[posting.pk]]
    # The digest is emptied: when the feed lists the posting again, the next import opens it again.
    Posting.objects.filter(pk__in=[posting.pk for posting in closed]).update(
        state=PostingState.CLOSED, digest="", updated_at=Now()
    )
    events = [updated(each.pk, PostingState(each.state), PostingState.CLOSED, ["state"]) for each in closed]
    record(target, [change for pair in events for change in pair])
    return len(closed)
