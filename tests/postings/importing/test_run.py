"""Imports into the database: what is created, changed, left alone, and told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ats.common.errors import Conflict, Invalid
from ats.models import (
    Campaign,
    Event,
    Location,
    Organisation,
    Pipeline,
    Posting,
    PostingState,
    Track,
)
from ats.postings.importing.report import Report
from tests.factories import a_campaign, an_organisation
from tests.postings.importing.files import listing, write_json, write_text
from tests.postings.importing.runs import counts, imported, listed, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return a_campaign(an_organisation())


def test_a_row_becomes_a_posting_with_its_event(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing(title="Machine Learning Intern"))

    posting = Posting.objects.get()
    facts = {field.attname: getattr(posting, field.attname) for field in Posting._meta.fields}
    volatile = ("id", "created_at", "updated_at", "digest")
    assert {name: value for name, value in facts.items() if name not in volatile} == {
        "organisation_id": campaign.organisation_id,
        "campaign_id": campaign.pk,
        "track_id": Track.objects.get(organisation=campaign.organisation, code="algorithms").pk,
        "department_id": None,
        "pipeline_id": Pipeline.objects.get(organisation=campaign.organisation, is_default=True).pk,
        "title": "Machine Learning Intern",
        "title_zh": "",
        "employer": "Harbour Labs",
        "kind": "internship",
        "programme": "Summer 2027",
        "description": "",
        "requirements": "",
        "pay": "",
        "graduation": "",
        "url": "https://jobs.example.com/a1",
        "is_ai": True,
        "state": "open",
        "head_count": None,
        "question_set_id": None,
        "filled": 0,
        "feed": "simplify-internships",
        "external_id": "a1",
        "published_at": datetime.fromtimestamp(1_780_000_000, UTC),
    }
    assert list(posting.locations.values_list("name", flat=True)) == ["Oslo"]
    assert told(campaign) == [("posting.created", {"state": "open"})]


def test_a_run_reports_what_became_of_its_rows(campaign: Campaign, tmp_path: Path) -> None:
    report = listed(campaign, tmp_path, listing(title="Machine Learning Intern"))

    assert report == Report(
        file="listings.json",
        feed="simplify-internships",
        read=1,
        created=1,
        updated=0,
        unchanged=0,
        duplicates=(),
        rejected=(),
        tracks={"algorithms": 1},
        ai=1,
    )


@pytest.mark.parametrize(
    ("active", "is_visible", "state"),
    [
        (True, True, PostingState.OPEN),
        (True, False, PostingState.DRAFT),
        (False, True, PostingState.CLOSED),
        (False, False, PostingState.CLOSED),
    ],
)
def test_the_state_that_a_feed_gives(
    campaign: Campaign, tmp_path: Path, active: bool, is_visible: bool, state: PostingState
) -> None:
    listed(campaign, tmp_path, listing(active=active, is_visible=is_visible))

    assert Posting.objects.get().state == state


def test_a_second_run_changes_nothing(campaign: Campaign, tmp_path: Path) -> None:
    records = [listing(), listing(id="b2", title="Cook"), listing(id="c3", title=""), listing()]
    first = listed(campaign, tmp_path, *records)
    before = list(Posting.objects.order_by("id").values())

    second = listed(campaign, tmp_path, *records)

    assert (counts(first), counts(second)) == ((2, 0, 0), (0, 0, 2))
    assert [each.number for each in (*second.duplicates, *second.rejected)] == [4, 3]
    assert list(Posting.objects.order_by("id").values()) == before
    assert len(told(campaign)) == 2


def test_an_age_that_grows_is_no_change(campaign: Campaign, tmp_path: Path) -> None:
    table = (
        "| Company | Position | Location | Posting | Age |\n|---|---|---|---|---|\n"
        '| Harbour | {title} | Oslo | <a href="https://h.example/1">Apply</a> | 8d |\n'
    )
    path = write_text(tmp_path, table.format(title="Intern"), "jobs.md")
    imported(campaign, path)

    (next_day,) = imported(campaign, path, as_of=date(2026, 8, 30))
    path = write_text(tmp_path, table.format(title="AI Intern"), "jobs.md")
    (changed,) = imported(campaign, path, as_of=date(2026, 8, 30))

    assert (counts(next_day), counts(changed)) == ((0, 0, 1), (0, 1, 0))
    assert Posting.objects.get().published_at == datetime(2026, 8, 14, tzinfo=UTC)


def test_a_place_is_found_under_either_name(campaign: Campaign, tmp_path: Path) -> None:
    beijing = Location.objects.create(organisation=campaign.organisation, name="Beijing", name_zh="北京")

    listed(campaign, tmp_path, listing(locations=["北京", "Beijing", "Oslo"]))

    places = Posting.objects.get().locations.all()
    assert set(places) == {beijing, Location.objects.get(name="Oslo")}


def test_organisations_do_not_see_each_other_s_postings(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing())

    report = listed(a_campaign(an_organisation()), tmp_path, listing(title="Cook"))

    assert counts(report) == (1, 0, 0)
    assert Posting.objects.for_org(campaign.organisation).get().title == "Software Engineer Intern"


def test_a_dry_run_reports_the_same_and_writes_nothing(campaign: Campaign, tmp_path: Path) -> None:
    first = write_json(tmp_path, [listing(), listing(id="b2", title="Cook")], "first.json")
    second = write_json(tmp_path, [listing(id="b2", title="Chef"), listing(id="c3")], "second.json")

    rehearsal = imported(campaign, first, second, dry_run=True)
    written = (Posting.objects.count(), Location.objects.count(), Event.objects.count())

    assert written == (0, 0, 0)
    assert rehearsal == imported(campaign, first, second)


def test_a_file_that_can_not_be_read_leaves_nothing_of_the_others(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        imported(campaign, write_json(tmp_path, [listing()]), tmp_path / "gone.json")

    assert Posting.objects.count() == 0


def without_pipeline(organisation: Organisation) -> None:
    Pipeline.objects.for_org(organisation).update(is_default=False)


def without_a_track_for_the_rest(organisation: Organisation) -> None:
    Track.objects.for_org(organisation).filter(code="unclassified").update(code="rest")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(without_pipeline, "no_pipeline"), (without_a_track_for_the_rest, "no_track")],
)
def test_an_organisation_that_can_take_no_postings(
    campaign: Campaign, tmp_path: Path, spoil: Any, code: str
) -> None:
    spoil(campaign.organisation)

    with pytest.raises(Conflict, match=code):
        listed(campaign, tmp_path, listing())


def test_a_report_that_does_not_add_up_is_none() -> None:
    with pytest.raises(AssertionError, match="does not add up"):
        Report(
            file="",
            feed="",
            read=2,
            created=1,
            updated=0,
            unchanged=0,
            duplicates=(),
            rejected=(),
            tracks={"data": 1},
            ai=0,
        )


@pytest.mark.parametrize("size", [1, 30])
def test_statements_do_not_depend_on_the_number_of_rows(
    campaign: Campaign,
    tmp_path: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    new = [listing(id=f"n{n}", locations=[f"Town {n}"]) for n in range(size)]
    changed = [row | {"active": False, "locations": ["Oslo", "Bergen"]} for row in new]

    with django_assert_num_queries(15):
        listed(campaign, tmp_path, *new)
    with django_assert_num_queries(19):
        listed(campaign, tmp_path, *changed)
    with django_assert_num_queries(8):
        listed(campaign, tmp_path, *changed)
