"""Drafts into postings, a batch at a time: one short transaction and the same few statements for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from ats.common.bulk import insert_rows, update_rows
from ats.models import Posting, PostingState
from ats.postings.importing.drafts import Draft, state_of
from ats.postings.importing.events import Change, created, record, updated
from ats.postings.importing.identities import Known
from ats.postings.importing.locations import is_relocated, link, locations_for
from ats.postings.importing.people import edited_by_people
from ats.postings.importing.target import Target
from ats.postings.lifecycle import TRANSITIONS

BATCH = 2000  # postings a transaction
Difference = tuple[Posting, Draft, list[str]]  # what is stored, what the feed says, the fields that differ


@dataclass(frozen=True, slots=True)
class Stored:
    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Stored) -> Stored:
        return Stored(
            self.created + other.created, self.updated + other.updated, self.unchanged + other.unchanged
        )


@transaction.atomic
def store(target: Target, drafts: Sequence[Draft]) -> Stored:
    """Create what is new and update what has changed, each with its event.

    1. Imports of one feed into one campaign take turns, batch by batch. Nothing else waits.
    2. Compare the digests: most drafts of a second run end here.
    3. Insert the new postings and their links; write the fields that differ and are the feed's.
    4. Record one event for each posting, and one more where its state changes.
    """
    take_turn(target)
    digests = stored_digests(target, drafts)
    new = [draft for draft in drafts if draft.external_id not in digests]
    changed = [draft for draft in drafts if digests.get(draft.external_id, draft.digest) != draft.digest]
    locations = locations_for(target.organisation, [*new, *changed])
    events = create(target, new, locations) if new else []
    changes = changes_of(target, changed, lock=True) if changed else []
    record(target, [*events, *update(target, changes, locations)])
    count = sum(bool(fields) for _, _, fields in changes)
    return Stored(len(new), count, len(drafts) - len(new) - count)


def rehearse(target: Target, drafts: Sequence[Draft], *, known: Mapping[str, Known]) -> Stored:
    """What `store` would report. Locks nothing and writes nothing; `known` may hold postings that an
    earlier file of the same rehearsal would have created."""
    new = [draft for draft in drafts if draft.external_id not in known]
    listed = [draft for draft in drafts if draft.external_id in known]
    changed = [draft for draft in listed if known[draft.external_id].digest != draft.digest]
    changes = changes_of(target, changed, lock=False) if changed else []
    same = sum(not fields for _, _, fields in changes)
    return Stored(len(new), len(changed) - same, len(drafts) - len(new) - len(changed) + same)


def take_turn(target: Target) -> None:
    with connection.cursor() as cursor:
        key = f"import {target.campaign.pk} {target.feed}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def stored_digests(target: Target, drafts: Iterable[Draft]) -> dict[str, str]:
    return dict(stored(target, drafts).values_list("external_id", "digest"))


def stored(target: Target, drafts: Iterable[Draft]) -> Any:
    rows = Posting.objects.for_org(target.organisation).filter(campaign=target.campaign, feed=target.feed)
    return rows.filter(external_id__in=[draft.external_id for draft in drafts])


def create(target: Target, drafts: Sequence[Draft], locations: Mapping[str, int]) -> list[Change]:
    common = {
        "organisation_id": target.organisation.pk,
        "campaign_id": target.campaign.pk,
        "pipeline_id": target.pipeline.pk,
        "feed": target.feed,
    }
    rows = [
        {**common, "external_id": draft.external_id, "digest": draft.digest, **draft.fields(target.tracks)}
        for draft in drafts
    ]
    ids = insert_rows(Posting, rows)
    link(locations, dict(zip(ids, drafts, strict=True)))
    return [created(pk, state_of(draft.row)) for pk, draft in zip(ids, drafts, strict=True)]


def changes_of(target: Target, drafts: Sequence[Draft], *, lock: bool) -> list[Difference]:
    """The stored postings with what the feed says anew, except where a person has edited since.

    With `lock` nobody's edit falls between reading and writing.
    """
    rows = stored(target, drafts).order_by("id")
    postings = {each.external_id: each for each in (rows.select_for_update(no_key=True) if lock else rows)}
    prefetch_related_objects(list(postings.values()), "locations")
    edited = edited_by_people(postings.values())
    found = ((postings[draft.external_id], draft) for draft in drafts if draft.external_id in postings)
    return [
        (posting, draft, changed_fields(target, posting, draft, edited[posting.pk]))
        for posting, draft in found
    ]


def changed_fields(target: Target, posting: Posting, draft: Draft, edited: frozenset[str]) -> list[str]:
    """The names of the fields that differ and are the feed's to set."""
    names = [
        column.removesuffix("_id")
        for column, value in wanted_fields(target, posting, draft).items()
        if getattr(posting, column) != value
    ]
    names += ["locations"] if is_relocated(posting, draft) else []
    return [name for name in names if name not in edited]


def wanted_fields(target: Target, posting: Posting, draft: Draft) -> dict[str, Any]:
    """What the feed says, as far as this posting can take it; a first date beats a rough one, and a
    head count below the number of those hired is not taken over."""
    fields = draft.fields(target.tracks)
    fields["state"] = reachable(PostingState(posting.state), state_of(draft.row))
    if draft.row.published_roughly and posting.published_at:
        del fields["published_at"]
    if draft.row.head_count is None or draft.row.head_count < posting.filled:
        del fields["head_count"]
    return fields


def update(target: Target, changes: Sequence[Difference], locations: Mapping[str, int]) -> list[Change]:
    """Write the fields that differ, and for all of them the digest, by which the next run compares."""
    now = timezone.now()
    rows, events, moved, written = [], list[Change](), dict[int, Draft](), {"digest"}
    for posting, draft, fields in changes:
        wanted = wanted_fields(target, posting, draft)
        before = PostingState(posting.state)
        named = {column: value for column, value in wanted.items() if column.removesuffix("_id") in fields}
        changed_at = {"updated_at": now} if fields else {}
        rows.append((posting, {**named, **changed_at, "digest": draft.digest}))
        written |= set(rows[-1][1])
        if "locations" in fields:
            moved[posting.pk] = draft
        events += updated(posting.pk, before, PostingState(named.get("state", before)), fields)
    columns = sorted(written)
    update_rows(Posting, [whole(posting, said, columns) for posting, said in rows], columns)
    link(locations, moved, anew=True)
    return events


def whole(posting: Posting, said: Mapping[str, object], columns: Sequence[str]) -> dict[str, object]:
    """A row with all the columns that the statement writes: what did not change stays."""
    return {"id": posting.pk} | {column: said.get(column, getattr(posting, column)) for column in columns}


def reachable(before: PostingState, wanted: PostingState) -> PostingState:
    """The state to go to: what has been open is paused when the feed hides it, not drafted."""
    steps = (wanted, *([PostingState.PAUSED] if wanted == PostingState.DRAFT else []))
    return next((state for state in steps if state in TRANSITIONS[before]), before)
