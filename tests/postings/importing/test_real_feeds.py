"""The main job on public snapshots that nobody here wrote; they are no part of the project."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from ats.common.errors import Invalid
from ats.models import Campaign, Event, EventType, Posting
from ats.postings.importing.duplicates import settle
from ats.postings.importing.feeds import read_feed
from ats.postings.importing.report import Report
from ats.postings.importing.run import import_files
from backend.settings import ROOT
from tests.factories import a_campaign, an_organisation

FEEDS = ROOT.parent / "shared" / "data" / "postings"
DAY = date(2026, 8, 22)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FEEDS.is_dir(), reason=f"the public snapshots are not at {FEEDS}"),
]

SUMMER = "simplify_summer2025_listings.json"
GRADUATES = "simplify_newgrad_listings.json"
SHIXISENG = ("大数据", "数据分析", "数据挖掘")

REPORTS = {
    SUMMER: {
        "feed": "simplify-internships",
        "counts": (6000, 5649, 349, 2),
        "codes": {"same_description": 346, "same_url": 3, "same_id_other_job": 2},
        "shares": (92.8, 7.6),
    },
    GRADUATES: {
        "feed": "simplify-graduates",
        "counts": (1288, 1206, 82, 0),
        "codes": {"same_description": 82},
        "shares": (91.8, 7.0),
    },
    "wonofakind_2027_roles.json": {
        "feed": "roles",
        "counts": (1182, 1163, 19, 0),
        "codes": {"same_url": 19},
        "shares": (100.0, 15.5),
    },
    "wonofakind_2027_roles.csv": {
        "feed": "roles",
        "counts": (1182, 1163, 19, 0),
        "codes": {"same_url": 19},
        "shares": (100.0, 15.5),
    },
    "speedyapply_2026_AI_intl_intern.md": {
        "feed": "markdown-table",
        "counts": (227, 227, 0, 0),
        "codes": {},
        "shares": (89.0, 65.2),
    },
    "speedyapply_2026_AI_usa_intern.md": {
        "feed": "markdown-table",
        "counts": (143, 143, 0, 0),
        "codes": {},
        "shares": (91.6, 72.0),
    },
    "cn_tencent_campus_jobs.xlsx": {
        "feed": "campus-workbook",
        "counts": (244, 244, 0, 0),
        "codes": {},
        "shares": (98.8, 14.8),
    },
    "cn_mihoyo_campus_jobs.xlsx": {
        "feed": "campus-workbook",
        "counts": (117, 117, 0, 0),
        "codes": {},
        "shares": (100.0, 22.2),
    },
    "cn_netease_recruit_post.csv": {
        "feed": "employer-csv",
        "counts": (8, 8, 0, 0),
        "codes": {},
        "shares": (100.0, 0.0),
    },
}


def imported(campaign: Campaign, *names: str) -> list[Report]:
    return import_files([FEEDS / name for name in names], campaign=campaign, by=None, as_of=DAY)


def summary(report: Report) -> dict[str, object]:
    left_out = (*report.duplicates, *report.rejected)
    return {
        "feed": report.feed,
        "counts": (report.read, report.created, len(report.duplicates), len(report.rejected)),
        "codes": Counter(each.code for each in left_out),
        "shares": (report.classified_share, report.ai_share),
    }


def sums(reports: list[Report]) -> list[tuple[int, int, int, int]]:
    return [(each.read, each.created, each.updated, each.unchanged) for each in reports]


@pytest.mark.parametrize("name", REPORTS)
def test_a_feed_gives_its_report_and_a_second_run_changes_nothing(name: str) -> None:
    campaign = a_campaign(an_organisation())

    (first,) = imported(campaign, name)
    (second,) = imported(campaign, name)

    assert summary(first) == REPORTS[name]
    assert (second.created, second.updated, second.unchanged) == (0, 0, first.created)
    assert (second.duplicates, second.rejected) == (first.duplicates, first.rejected)
    events = Event.objects.for_org(campaign.organisation).values_list("type", flat=True)
    assert Counter(events) == {EventType.POSTING_CREATED: first.created}


def test_three_searches_that_overlap_give_1140_postings() -> None:
    campaign = a_campaign(an_organisation())

    reports = imported(campaign, *(f"cn_shixiseng_{search}岗位.xls" for search in SHIXISENG))

    assert sums(reports) == [(884, 884, 0, 0), (1043, 243, 0, 800), (846, 13, 0, 833)]
    assert Posting.objects.for_org(campaign.organisation).count() == 1140


def test_the_csv_of_the_roles_says_what_their_json_says() -> None:
    campaign = a_campaign(an_organisation())

    reports = imported(campaign, "wonofakind_2027_roles.json", "wonofakind_2027_roles.csv")

    assert sums(reports) == [(1182, 1163, 0, 0), (1182, 0, 0, 1163)]


@pytest.mark.parametrize("name", [SUMMER, GRADUATES])
def test_no_row_that_one_can_apply_to_is_lost(name: str) -> None:
    listings = json.loads((FEEDS / name).read_text(encoding="utf-8"))
    live = {each["id"] for each in listings if each["active"] and each["is_visible"]}

    settled = settle(read_feed(FEEDS / name, as_of=DAY).rows, stored=frozenset())

    assert {row.external_id for row in settled.rows if row.is_live} == live


def test_an_id_on_two_jobs_is_reported_with_both_rows() -> None:
    settled = settle(read_feed(FEEDS / SUMMER, as_of=DAY).rows, stored=frozenset())

    assert {each.number: each.sentence for each in settled.rejected} == {
        110: (
            "The id '93daaebb-7a2b-49d3-ad4a-3f1af4aeb043' stands on two jobs: "
            "'Software Engineer Intern' (Maximus) in row 109 was kept, "
            "'Software Automation Engineer Intern' (Infineon) left out."
        ),
        301: (
            "The id '9108e1a7-944c-437a-9eee-142aa4cc6784' stands on two jobs: "
            "'Software Engineer Intern' (Northrop Grumman) in row 300 was kept, "
            "'Cyber Software Intern' (Northrop Grumman) left out."
        ),
    }


@pytest.mark.parametrize("name", ["cn_campus_announcements_2023.json", "cn_employers_161.json"])
def test_lists_of_announcements_and_of_employers_name_no_job(name: str) -> None:
    with pytest.raises(Invalid, match=f"{name}: There is no column for the title"):
        read_feed(FEEDS / name, as_of=DAY)
