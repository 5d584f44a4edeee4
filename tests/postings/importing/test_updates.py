"""What a later import changes, tells and leaves to people."""

from __future__ import annotations

from pathlib import Path

import pytest

from ats.models import Campaign, Posting, PostingState, Track, TrackTerm
from ats.postings.lifecycle import set_posting_state, update_posting
from tests.factories import a_campaign, a_member, an_organisation
from tests.postings.importing.files import listing
from tests.postings.importing.runs import counts, listed, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return a_campaign(an_organisation())


def test_a_changed_row_updates_and_tells_what_has_changed(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing(), listing(id="b2", title="Cook"))
    before = Posting.objects.get(external_id="a1")

    report = listed(
        campaign,
        tmp_path,
        listing(title="Data Science Intern", locations=["Bergen"], active=False),
        listing(id="b2", title="Cook"),
    )

    after = Posting.objects.get(external_id="a1")
    assert counts(report) == (0, 1, 1)
    assert (after.title, after.track.code, after.state) == ("Data Science Intern", "data", "closed")
    assert list(after.locations.values_list("name", flat=True)) == ["Bergen"]
    assert after.updated_at >= before.updated_at
    assert told(campaign)[2:] == [
        ("posting.updated", {"fields": ["locations", "state", "title", "track"]}),
        ("posting.state_changed", {"before": "open", "after": "closed"}),
    ]


def test_an_open_posting_that_its_feed_hides_is_paused(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing())
    listed(campaign, tmp_path, listing(is_visible=False))
    paused = Posting.objects.get().state

    listed(campaign, tmp_path, listing())

    assert (paused, Posting.objects.get().state) == ("paused", "open")


def test_what_people_have_set_is_theirs(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing())
    posting = Posting.objects.get()
    recruiter = a_member(campaign.organisation)
    design = Track.objects.get(organisation=campaign.organisation, code="design")
    set_posting_state(by=recruiter, posting=posting, state=PostingState.PAUSED)
    posting.refresh_from_db()
    update_posting(by=recruiter, posting=posting, track=design, head_count=3)

    report = listed(campaign, tmp_path, listing(title="Security Intern", active=False, locations=["Bergen"]))

    posting.refresh_from_db()
    assert counts(report) == (0, 1, 0)
    assert (posting.title, posting.state, posting.track, posting.head_count) == (
        "Security Intern",
        "paused",
        design,
        3,
    )
    assert told(campaign)[-1] == ("posting.updated", {"fields": ["locations", "title"]})


def test_a_change_to_nothing_but_what_people_own_is_none(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing())
    recruiter = a_member(campaign.organisation)
    set_posting_state(by=recruiter, posting=Posting.objects.get(), state=PostingState.PAUSED)
    events = len(told(campaign))

    report = listed(campaign, tmp_path, listing(active=False))

    assert counts(report) == (0, 0, 1)
    assert (Posting.objects.get().state, len(told(campaign))) == ("paused", events)


def test_terms_that_the_organisation_edits_move_its_postings(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing(title="Barista Intern"))
    before = Posting.objects.get().track.code
    sales = Track.objects.get(organisation=campaign.organisation, code="sales")
    TrackTerm.objects.create(organisation=campaign.organisation, term="barista", track=sales, weight=40)

    report = listed(campaign, tmp_path, listing(title="Barista Intern"))

    assert (before, Posting.objects.get().track.code) == ("unclassified", "sales")
    assert counts(report) == (0, 1, 0)
