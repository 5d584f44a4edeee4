from __future__ import annotations

from typing import Any

import pytest

from ats.common.errors import Conflict
from ats.models import Event, Location, Membership, Pipeline, PostingState, Track
from ats.postings.lifecycle import create_posting, set_posting_state, update_posting
from tests.factories import a_campaign, a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db

DRAFT, OPEN, PAUSED, CLOSED = PostingState
REACHABLE = {
    DRAFT: {OPEN, CLOSED},
    OPEN: {PAUSED, CLOSED},
    PAUSED: {OPEN, CLOSED},
    CLOSED: {OPEN},
}


@pytest.fixture
def recruiter() -> Membership:
    return a_member(an_organisation())


def events() -> list[tuple[str, dict[str, Any]]]:
    return list(Event.objects.order_by("pk").values_list("type", "data"))


def test_a_new_posting_is_a_draft_on_the_default_pipeline(recruiter: Membership) -> None:
    organisation = recruiter.organisation

    posting = create_posting(
        by=recruiter,
        locations=[],
        campaign=a_campaign(organisation),
        track=Track.objects.for_org(organisation).earliest("position"),
        title="Compiler engineer",
    )

    assert (posting.state, posting.pipeline.is_default) == ("draft", True)
    assert events() == [("posting.created", {"state": "draft"})]


@pytest.mark.parametrize("after", PostingState)
@pytest.mark.parametrize("before", PostingState)
def test_each_state_leads_where_the_table_says(
    recruiter: Membership, before: PostingState, after: PostingState
) -> None:
    posting = a_posting(recruiter.organisation, state=before)

    became = changed_to(recruiter, posting, after)

    posting.refresh_from_db()
    reaches = after in REACHABLE[before]
    expected = "unchanged" if before == after else "changed" if reaches else "state_not_reachable"
    assert became == expected
    assert posting.state == (after if reaches else before)


def changed_to(by: Membership, posting: Any, state: PostingState) -> str:
    """How a change of state ended, told by the events that it left."""
    try:
        set_posting_state(by=by, posting=posting, state=state)
    except Conflict as refused:
        return refused.code
    change = ("posting.state_changed", {"before": posting.state, "after": state.value})
    return "changed" if events() == [change] else "unchanged"


def test_a_change_is_told_by_the_fields_that_differ(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation, title="Engineer", pay="300")
    place = Location.objects.create(organisation=recruiter.organisation, name="Wuhan")

    changed = update_posting(
        by=recruiter, posting=posting, title="Compiler engineer", pay="300", locations=[place]
    )

    assert (changed.title, list(changed.locations.all())) == ("Compiler engineer", [place])
    assert events() == [("posting.updated", {"fields": ["locations", "title"]})]


def test_what_changes_nothing_is_not_told(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation, title="Engineer")

    update_posting(by=recruiter, posting=posting, title="Engineer", locations=[])

    assert events() == []


def test_there_are_never_fewer_places_than_are_taken(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation, head_count=3, filled=2)

    with pytest.raises(Conflict) as refused:
        update_posting(by=recruiter, posting=posting, head_count=1)

    assert (refused.value.code, refused.value.field) == ("head_count_below_filled", "head_count")
    assert events() == []


@pytest.mark.parametrize("field", ["campaign", "track", "pipeline"])
def test_what_applications_are_judged_and_moved_by_stays(recruiter: Membership, field: str) -> None:
    organisation = recruiter.organisation
    posting = a_posting(organisation)
    others = {
        "campaign": a_campaign(organisation),
        "track": Track.objects.for_org(organisation).latest("position"),
        "pipeline": Pipeline.objects.create(organisation=organisation, name="Fair"),
    }
    other: Any = {field: others[field]}
    same: Any = {field: getattr(posting, field)}
    empty = update_posting(by=recruiter, posting=a_posting(organisation), **other)
    for _ in range(2):
        an_application(posting)

    with pytest.raises(Conflict) as refused:
        update_posting(by=recruiter, posting=posting, **other)
    update_posting(by=recruiter, posting=posting, title="Still open to change", **same)

    assert getattr(empty, field) == others[field]
    assert (refused.value.code, refused.value.field) == ("posting_has_applications", field)
    assert refused.value.details == {"applications": 2}
