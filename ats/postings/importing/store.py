"""Drafts into postings, a batch at a time: one transaction and the same few statements for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.db.models.functions import Now

from ats.common.errors import Conflict
from ats.events.record import new_event, record_events
from ats.models import (
    UNCLASSIFIED,
    Account,
    Campaign,
    Event,
    EventType,
    Location,
    Organisation,
    Pipeline,
    Posting,
    PostingState,
    Track,
)
from ats.postings.importing.drafts import Draft, state_of
from ats.postings.importing.people import edited_by_people
from ats.postings.importing.places import link, places_for
from ats.postings.lifecycle import STATES


@dataclass(frozen=True, slots=True)
class Target:
    """Where postings go: `tracks` are ids by code. A posting stays in its first campaign."""

    organisation: Organisation
    campaign: Campaign
    pipeline: Pipeline
    tracks: Mapping[str, int]
    feed: str
    by: Account | None


@dataclass(frozen=True, slots=True)
class Stored:
    created: int
    updated: int
    unchanged: int


def target(*, campaign: Campaign, feed: str, by: Account | None) -> Target:
    """Raises Conflict where the organisation has no default pipeline or no track for the rest."""
    organisation = campaign.organisation
    pipeline = Pipeline.objects.for_org(organisation).filter(is_default=True).first()
    tracks = dict(Track.objects.for_org(organisation).values_list("code", "id"))
    if pipeline is None:
        raise Conflict("no_pipeline", f"{organisation.slug} has no default pipeline.")
    if UNCLASSIFIED not in tracks:
        raise Conflict("no_track", f"{organisation.slug} has no track {UNCLASSIFIED!r}.")
    return Target(organisation, campaign, pipeline, tracks, feed, by)


def stored_ids(target: Target) -> frozenset[str]:
    """The ids that the feed has brought already."""
    postings = Posting.objects.for_org(target.organisation).filter(feed=target.feed)
    return frozenset(postings.values_list("external_id", flat=True))


@transaction.atomic
def store(target: Target, drafts: Sequence[Draft]) -> Stored:
    """Creates what is new and updates what has changed, each with its event."""
    # Two imports of one feed take turns; applying goes on, it only needs the key of the row.
    Organisation.objects.select_for_update(no_key=True).get(pk=target.organisation.pk)
    known = by_external_id(target, drafts)
    new = [draft for draft in drafts if draft.external_id not in known]
    changed = {
        known[draft.external_id]: draft
        for draft in drafts
        if draft.external_id in known and known[draft.external_id].digest != draft.digest
    }
    places = places_for(target.organisation, [*new, *changed.values()])
    events = create(target, new, places) if new else []
    updates = update(target, changed, places) if changed else []
    record_events([*events, *updates])
    updated = len({new_event.posting_id for new_event in updates})
    return Stored(len(new), updated, len(drafts) - len(new) - updated)


def by_external_id(target: Target, drafts: Iterable[Draft]) -> dict[str, Posting]:
    """The postings that are there, held still: nobody's edit falls between reading and writing."""
    found = Posting.objects.for_org(target.organisation).filter(
        feed=target.feed, external_id__in=[draft.external_id for draft in drafts]
    )
    held = found.select_for_update(no_key=True).order_by("id")
    return {posting.external_id: posting for posting in held}


def create(target: Target, drafts: Sequence[Draft], places: Mapping[str, Location]) -> list[Event]:
    postings = Posting.objects.bulk_create(
        Posting(
            organisation=target.organisation,
            campaign=target.campaign,
            pipeline=target.pipeline,
            feed=target.feed,
            external_id=draft.external_id,
            digest=draft.digest,
            **draft.facts(target.tracks),
        )
        for draft in drafts
    )
    link(dict(zip(postings, drafts, strict=True)), places)
    return [told(target, posting, EventType.POSTING_CREATED, state=posting.state) for posting in postings]


def update(target: Target, drafts: Mapping[Posting, Draft], places: Mapping[str, Location]) -> list[Event]:
    """Writes what the feed says anew, except where a person has spoken since."""
    prefetch_related_objects(list(drafts), "locations")
    owned = edited_by_people(drafts)
    events, moved = list[Event](), dict[Posting, Draft]()
    written = {"digest", "updated_at"}
    for posting, draft in drafts.items():
        before = PostingState(posting.state)
        fields = changed_facts(target, posting, draft, owned[posting.pk])
        written.update(fields)
        if relocated(posting, draft, places) and "locations" not in owned[posting.pk]:
            moved[posting] = draft
            fields.append("locations")
        posting.digest, posting.updated_at = draft.digest, Now()
        events += update_events(target, posting, before, fields)
    Posting.objects.bulk_update(drafts, written)
    link(moved, places, anew=True)
    return events


def changed_facts(target: Target, posting: Posting, draft: Draft, owned: frozenset[str]) -> list[str]:
    """Sets the facts that differ and are the feed's; their names."""
    changed = []
    for column, value in wanted_facts(target, posting, draft).items():
        name = column.removesuffix("_id")
        if getattr(posting, column) != value and name not in owned:
            setattr(posting, column, value)
            changed.append(name)
    return changed


def wanted_facts(target: Target, posting: Posting, draft: Draft) -> dict[str, object]:
    """What the feed says, as far as it can be of this posting; a first date beats a rough one."""
    facts = draft.facts(target.tracks)
    facts["state"] = reachable(PostingState(posting.state), state_of(draft.row))
    if draft.row.published_roughly and posting.published_at:
        del facts["published_at"]
    return facts


def reachable(before: PostingState, wanted: PostingState) -> PostingState:
    """The state to go to: what has been open is paused when the feed hides it, not drafted."""
    steps = (wanted, *([PostingState.PAUSED] if wanted == PostingState.DRAFT else []))
    return next((state for state in steps if state in STATES[before]), before)


def relocated(posting: Posting, draft: Draft, places: Mapping[str, Location]) -> bool:
    return set(posting.locations.all()) != {places[name] for name in draft.row.locations}


def update_events(target: Target, posting: Posting, before: PostingState, fields: list[str]) -> list[Event]:
    events = []
    if fields:
        events.append(told(target, posting, EventType.POSTING_UPDATED, fields=sorted(fields)))
    if "state" in fields:
        after = PostingState(posting.state).value
        kind = EventType.POSTING_STATE_CHANGED
        events.append(told(target, posting, kind, before=before.value, after=after))
    return events


def told(target: Target, posting: Posting, type: EventType, **data: object) -> Event:
    return new_event(type, organisation=target.organisation, by=target.by, posting=posting, data=data)
