"""What recruiters do with postings; every change leaves its event."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict
from ats.events.record import new_event, record_events
from ats.models import EventType, Location, Membership, Pipeline, Posting, PostingState

# From each state, the states one may go to. A closed posting can be opened again, never drafted.
STATES: dict[PostingState, frozenset[PostingState]] = {
    PostingState.DRAFT: frozenset({PostingState.OPEN, PostingState.CLOSED}),
    PostingState.OPEN: frozenset({PostingState.PAUSED, PostingState.CLOSED}),
    PostingState.PAUSED: frozenset({PostingState.OPEN, PostingState.CLOSED}),
    PostingState.CLOSED: frozenset({PostingState.OPEN}),
}


@transaction.atomic
def create_posting(
    *, by: Membership, locations: list[Location], pipeline: Pipeline | None = None, **facts: Any
) -> Posting:
    """A new draft, on the organisation's default pipeline unless another is named."""
    organisation = by.organisation
    posting = Posting.objects.create(
        organisation=organisation,
        pipeline=pipeline or Pipeline.objects.for_org(organisation).get(is_default=True),
        **facts,
    )
    posting.locations.set(locations)
    _tell(by, posting, EventType.POSTING_CREATED, state=posting.state)
    return posting


@transaction.atomic
def update_posting(*, by: Membership, posting: Posting, **changes: Any) -> Posting:
    """Change a posting's text or facts; the event names the fields that differ, none means no event.

    Raises Conflict("head_count_below_filled"), Conflict("pipeline_in_use").
    """
    locked = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    _require_places(locked, changes.get("head_count"))
    _require_nobody_stranded(locked, changes.get("pipeline"))
    locations = changes.pop("locations", None)
    changed = {name: value for name, value in changes.items() if getattr(locked, name) != value}
    Posting.objects.filter(pk=locked.pk).update(**changed, updated_at=Now())
    if locations is not None and set(locations) != set(locked.locations.all()):
        locked.locations.set(locations)
        changed["locations"] = locations
    if changed:
        _tell(by, locked, EventType.POSTING_UPDATED, fields=sorted(changed))
    locked.refresh_from_db()
    return locked


def _require_places(posting: Posting, head_count: int | None) -> None:
    if head_count is not None and head_count < posting.filled:
        sentence = _("More places than that are taken already.")
        raise Conflict("head_count_below_filled", sentence, field="head_count", filled=posting.filled)


def _require_nobody_stranded(posting: Posting, pipeline: Pipeline | None) -> None:
    """Those who applied are in stages of the pipeline that the posting has. Who applies meanwhile waits."""
    if pipeline is None or pipeline.pk == posting.pipeline_id:
        return
    if people := posting.applications.count():
        sentence = _("%(people)s people are in this pipeline already: make a new posting instead.")
        facts = {"people": people}
        raise Conflict("pipeline_in_use", sentence % facts, field="pipeline", **facts)


@transaction.atomic
def set_posting_state(*, by: Membership, posting: Posting, state: PostingState) -> Posting:
    """Open, pause or close a posting. Raises Conflict("state_not_reachable").

    Going to the state that it has changes nothing and leaves no event.
    """
    locked = Posting.objects.select_for_update(no_key=True).get(pk=posting.pk)
    before = PostingState(locked.state)
    if before == state:
        return locked
    if state not in STATES[before]:
        sentence = _("A posting can not go from %(before)s to %(after)s.")
        facts = {"before": before.value, "after": state.value}
        raise Conflict("state_not_reachable", sentence % facts, field="state", **facts)
    locked.state = state
    locked.save(update_fields=["state"])
    _tell(by, locked, EventType.POSTING_STATE_CHANGED, before=before.value, after=state.value)
    return locked


def _tell(by: Membership, posting: Posting, type: EventType, **data: Any) -> None:
    record_events([new_event(type, organisation=by.organisation, by=by, posting=posting, data=data)])
