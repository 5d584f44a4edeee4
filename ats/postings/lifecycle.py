"""Creating and changing postings. Every change leaves its event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.events.record import new_event, record_events
from ats.models import (
    Campaign,
    Department,
    EventType,
    Location,
    Membership,
    Pipeline,
    Posting,
    PostingState,
    Track,
)

# From each state, the states one may go to. A closed posting can be opened again, never drafted.
TRANSITIONS: dict[PostingState, frozenset[PostingState]] = {
    PostingState.DRAFT: frozenset({PostingState.OPEN, PostingState.CLOSED}),
    PostingState.OPEN: frozenset({PostingState.PAUSED, PostingState.CLOSED}),
    PostingState.PAUSED: frozenset({PostingState.OPEN, PostingState.CLOSED}),
    PostingState.CLOSED: frozenset({PostingState.OPEN}),
}


# What the applications of a posting are judged, filtered and moved by: it stays once there are any.
FIXED_BY_APPLICATIONS = ("campaign", "track", "pipeline")


class PostingFields(TypedDict, total=False):
    """What a recruiter may say of a posting, in the types of the model."""

    campaign: Campaign
    track: Track
    department: Department | None
    title: str
    title_zh: str
    employer: str
    kind: str
    programme: str
    description: str
    requirements: str
    pay: str
    graduation: str
    url: str
    is_ai: bool
    head_count: int | None
    published_at: datetime | None


class NewPosting(PostingFields, total=False):
    """`feed` and `external_id` say where it was taken from."""

    feed: str
    external_id: str


class PostingChanges(PostingFields, total=False):
    pipeline: Pipeline
    locations: list[Location]


@transaction.atomic
def create_posting(
    *,
    by: Membership,
    locations: Sequence[Location] = (),
    pipeline: Pipeline | None = None,
    **fields: Unpack[NewPosting],
) -> Posting:
    """A new draft, on the organisation's default pipeline unless another is named."""
    organisation = by.organisation
    posting = Posting.objects.create(
        organisation=organisation,
        pipeline=pipeline or Pipeline.objects.for_org(organisation).get(is_default=True),
        **fields,
    )
    posting.locations.set(locations)
    _record(by, posting, EventType.POSTING_CREATED, state=posting.state)
    return posting


@transaction.atomic
def update_posting(*, by: Membership, posting: Posting, **changes: Unpack[PostingChanges]) -> Posting:
    """Change a posting; the event names the fields that differ. Without a difference there is no event.

    Raises Conflict("head_count_below_filled"), and Conflict("posting_has_applications") for another
    campaign, track or pipeline.
    """
    locked = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    locations = changes.pop("locations", None)
    changed = {name: value for name, value in changes.items() if getattr(locked, name) != value}
    _require_free_seats(locked, changes.get("head_count"))
    _require_no_applications(locked, changed)
    Posting.objects.filter(pk=locked.pk).update(**changed, updated_at=Now())
    if locations is not None and set(locations) != set(locked.locations.all()):
        locked.locations.set(locations)
        changed["locations"] = locations
    if changed:
        _record(by, locked, EventType.POSTING_UPDATED, fields=sorted(changed))
    locked.refresh_from_db()
    return locked


def _require_free_seats(posting: Posting, head_count: int | None) -> None:
    if head_count is not None and head_count < posting.filled:
        sentence = _("More places than that are taken already.")
        raise Conflict("head_count_below_filled", sentence, field="head_count", filled=posting.filled)


def _require_no_applications(posting: Posting, changed: Collection[str]) -> None:
    """The lock of the posting makes a concurrent application wait, so none slips in."""
    field = next((name for name in FIXED_BY_APPLICATIONS if name in changed), None)
    if field and (applications := posting.applications.count()):
        sentence = _("This posting has %(applications)s applications already: make a new posting instead.")
        params = {"applications": applications}
        raise Conflict("posting_has_applications", sentence % params, field=field, **params)


@transaction.atomic
def set_posting_state(*, by: Membership, posting: Posting, state: PostingState) -> Posting:
    """Open, pause or close a posting. Raises Conflict("state_not_reachable").

    Going to the state that it has changes nothing and leaves no event.
    """
    locked = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    before = PostingState(locked.state)
    if before == state:
        return locked
    if state not in TRANSITIONS[before]:
        sentence = _("A posting cannot go from %(before)s to %(after)s.")
        params = {"before": before.value, "after": state.value}
        raise Conflict("state_not_reachable", sentence % params, field="state", **params)
    locked.state = state
    locked.save(update_fields=["state"])
    _record(by, locked, EventType.POSTING_STATE_CHANGED, before=before.value, after=state.value)
    return locked


def _record(by: Membership, posting: Posting, type: EventType, **data: Any) -> None:
    record_events([new_event(type, organisation=by.organisation, by=by, posting=posting, data=data)])
