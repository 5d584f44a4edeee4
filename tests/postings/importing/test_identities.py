"""Lists without ids: the same job is found again, and different jobs stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from ats.models import Campaign, Event, Location, Posting, PostingState
from ats.postings.lifecycle import set_posting_state
from tests.factories import a_campaign, a_member, an_organisation
from tests.postings.importing.files import listing, write_text, write_workbook
from tests.postings.importing.runs import counts, imported, listed

pytestmark = pytest.mark.django_db

HEADER: list[object] = ["岗位名称", "岗位类别", "性质", "任职要求", "工作职责", "工作城市"]


@pytest.fixture
def campaign() -> Campaign:
    return a_campaign(an_organisation())


def job(duties: str, city: str = "北京", title: str = "后台开发") -> list[object]:
    return [title, "技术", "应届实习", "会写", duties, city]


def workbook(folder: Path, *rows: list[object]) -> Path:
    return write_workbook(folder, [HEADER, *rows])


def duties() -> dict[str, int]:
    return dict(Posting.objects.values_list("description", "id"))


def test_the_cities_of_a_workbook_become_locations(campaign: Campaign, tmp_path: Path) -> None:
    imported(campaign, workbook(tmp_path, job("写", "北京/上海"), job("读", "北京市", "前端开发")))

    assert list(Location.objects.order_by("name").values_list("name", "name_zh", "country")) == [
        ("Beijing", "北京", "CN"),
        ("Shanghai", "上海", "CN"),
    ]


def test_jobs_of_one_title_with_other_duties_are_different_jobs(campaign: Campaign, tmp_path: Path) -> None:
    (report,) = imported(campaign, workbook(tmp_path, job("写"), job("读"), job("写")))

    assert (counts(report), [each.code for each in report.duplicates]) == ((2, 0, 0), ["same_description"])


def test_the_order_of_the_rows_does_not_matter(campaign: Campaign, tmp_path: Path) -> None:
    imported(campaign, workbook(tmp_path, job("写"), job("读")))
    before = duties()

    (report,) = imported(campaign, workbook(tmp_path, job("读"), job("写")))

    assert (counts(report), duties()) == ((0, 0, 2), before)


def test_an_edited_job_is_updated_and_a_new_one_of_its_name_is_added(
    campaign: Campaign, tmp_path: Path
) -> None:
    imported(campaign, workbook(tmp_path, job("写")))
    (pk,) = duties().values()

    (edited,) = imported(campaign, workbook(tmp_path, job("写，也读")))
    (added,) = imported(campaign, workbook(tmp_path, job("算"), job("写，也读")))

    assert (counts(edited), counts(added)) == ((0, 1, 0), (1, 0, 1))
    assert duties()["写，也读"] == pk


def test_next_season_s_workbook_leaves_this_season_s_postings(campaign: Campaign, tmp_path: Path) -> None:
    imported(campaign, workbook(tmp_path, job("写")))
    next_season = a_campaign(campaign.organisation)

    (report,) = imported(next_season, workbook(tmp_path, job("算")))

    assert counts(report) == (1, 0, 0)
    assert Posting.objects.get(campaign=campaign).description == "写"


def test_jobs_that_share_the_address_of_a_career_site_all_stay(campaign: Campaign, tmp_path: Path) -> None:
    text = "title,url\nCook,https://h.example/jobs\nBaker,https://h.example/jobs\n"

    (report,) = imported(campaign, write_text(tmp_path, text, "jobs.csv"))

    assert counts(report) == (2, 0, 0)


def test_a_row_that_loses_its_address_is_still_its_posting(campaign: Campaign, tmp_path: Path) -> None:
    table = "| Company | Role | Application |\n|---|---|---|\n| Quay | Cook | {} |\n"
    imported(campaign, write_text(tmp_path, table.format("[Apply](https://q.example/1)"), "jobs.md"))

    (report,) = imported(campaign, write_text(tmp_path, table.format("🔒"), "jobs.md"))

    assert counts(report) == (0, 1, 0)
    assert Posting.objects.get().state == PostingState.CLOSED


def test_a_location_that_the_organisation_has_is_used(campaign: Campaign, tmp_path: Path) -> None:
    ours = Location.objects.create(organisation=campaign.organisation, name="北京市")

    imported(campaign, workbook(tmp_path, job("写", "Beijing, China")))

    assert list(Posting.objects.get().locations.all()) == [ours]


def test_what_a_feed_no_longer_lists_is_reported(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing(), listing(id="b2", title="Cook"), listing(id="c3", title="Chef"))

    report = listed(campaign, tmp_path, listing(), listing(id="c3", title=""))

    assert [(each.external_id, each.title) for each in report.vanished] == [("b2", "cook")]
    assert (report.closed, Posting.objects.filter(state=PostingState.CLOSED).count()) == (0, 0)


def test_what_a_feed_no_longer_lists_is_closed_when_one_says_so(campaign: Campaign, tmp_path: Path) -> None:
    listed(campaign, tmp_path, listing(), listing(id="b2", title="Cook"), listing(id="c3", title="Chef"))
    opened = Posting.objects.get(external_id="c3")
    recruiter = a_member(campaign.organisation)
    set_posting_state(by=recruiter, posting=opened, state=PostingState.PAUSED)
    set_posting_state(by=recruiter, posting=opened, state=PostingState.OPEN)

    report = listed(campaign, tmp_path, listing(), close_missing=True)
    again = listed(campaign, tmp_path, listing(), listing(id="b2", title="Cook"))

    assert (report.closed, counts(again)) == (1, (0, 1, 1))  # and a posting that comes back is opened
    assert dict(Posting.objects.values_list("external_id", "state")) == {
        "a1": "open",
        "b2": "open",
        "c3": "open",
    }
    events = Event.objects.filter(posting__external_id="b2").order_by("id").values_list("type", flat=True)
    assert list(events) == [
        "posting.created",
        *("posting.updated", "posting.state_changed"),
        *("posting.updated", "posting.state_changed"),
    ]


def test_windows_that_a_feed_names_are_proposed(campaign: Campaign, tmp_path: Path) -> None:
    text = "title,graduation\nCook,2027届\nBaker,2027届\nSmith,soon\n"

    (report,) = imported(campaign, write_text(tmp_path, text, "jobs.csv"), dry_run=True)

    (proposal,) = report.proposals
    assert (proposal.text, proposal.postings) == ("2027届", 2)
    assert proposal.ranges == ({"from": "2027-01-01", "to": "2027-12-31"},)
