"""What is written in `fixtures/` holds together."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from ats.leaves.degrees import degree_named
from ats.leaves.months import last_day_of_month
from ats.leaves.reference import reference
from ats.leaves.zones import is_zone
from ats.models import PostingKind, Role, StageKind
from ats.seasons.demo import EMPLOYERS, STEPS_TO

SEASONS: list[dict[str, Any]] = [reference(f"season/{name}") for name in EMPLOYERS]
POSTINGS = [
    pytest.param(posting, id=posting["reference"]) for season in SEASONS for posting in season["postings"]
]
LONGEST = 250  # words; a Chinese word is about one and a half characters


def words(text: str) -> float:
    chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    latin = "".join(" " if "\u4e00" <= sign <= "\u9fff" else sign for sign in text)
    return chinese / 1.5 + sum(word[0].isalnum() for word in latin.split())


@pytest.mark.parametrize("posting", POSTINGS)
def test_posting_names_known_things(posting: dict[str, Any]) -> None:
    unknown = (
        {posting["track"]} - {track["code"] for track in reference("tracks")["track"]},
        set(posting["locations"]) - set(reference("locations")),
        {posting["kind"]} - set(PostingKind.values),
        {posting.get("state", "open")} - set(STEPS_TO),
    )

    assert unknown == (set(), set(), set(), set())


@pytest.mark.parametrize("posting", POSTINGS)
def test_posting_has_two_titles_and_texts_of_a_good_length(posting: dict[str, Any]) -> None:
    versions = [
        words(posting[f"description{suffix}"] + posting[f"requirements{suffix}"])
        for suffix in ("", "_en")
        if f"description{suffix}" in posting
    ]

    assert posting["title"].isascii()
    assert posting["title_zh"] != posting["title"]
    assert posting["head_count"] > 0
    assert all(80 <= length <= LONGEST for length in versions), versions


@pytest.mark.parametrize("season", SEASONS, ids=EMPLOYERS)
def test_campaigns_of_a_season_are_used_and_well_formed(season: dict[str, Any]) -> None:
    campaigns = season["campaigns"]

    assert {row["slug"] for row in campaigns} == {row["campaign"] for row in season["postings"]}
    for row in campaigns:
        bounds = row.get("graduation_from", date.min), row.get("graduation_until", date.max)
        assert bounds[0] < bounds[1]
        assert row["opened_days_ago"] < row["open_for_days"]
        assert is_zone(row["time_zone"])


@pytest.mark.parametrize("season", SEASONS, ids=EMPLOYERS)
def test_employer_has_one_member_of_each_role_at_its_own_address(season: dict[str, Any]) -> None:
    hosts = {person["email"].partition("@")[2] for person in season["people"]}

    assert Counter(person["role"] for person in season["people"]) == Counter(Role.values)
    assert season["people"][0]["role"] == Role.OWNER
    assert hosts == {season["organisation"]["host"]}


def test_references_are_used_once() -> None:
    references = [row["reference"] for season in SEASONS for row in season["postings"]]

    assert [name for name, times in Counter(references).items() if times > 1] == []


def test_first_employer_offers_three_thousand_places_nearly_half_of_them_ai() -> None:
    rows = [row for row in SEASONS[0]["postings"] if row["campaign"] == "class-of-2026"]
    places = sum(row["head_count"] for row in rows)
    ai = sum(row["head_count"] for row in rows if row.get("ai"))

    assert {row["track"] for row in rows} == {
        "research",
        "algorithms",
        "engineering",
        "security",
        "product",
    }
    assert (places, ai) == (3150, 1560)


def test_candidates_have_a_course_that_the_product_understands() -> None:
    courses = [row["profile"]["education"][0] for row in reference("season/candidates")["candidates"]]
    schools = {
        name for row in reference("institutions")["institution"] for name in (row["name"], row["name_zh"])
    }

    assert {course["institution"] for course in courses} <= schools
    assert [
        (degree_named(course["studyType"]), last_day_of_month(course["endDate"])) for course in courses
    ] == [(4, date(2026, 6, 30)), (3, date(2026, 7, 31))]


@pytest.mark.parametrize("name", ["name_zh", "host"])
def test_institutions_differ(name: str) -> None:
    values = Counter(row[name] for row in reference("institutions")["institution"])

    assert [value for value, times in values.items() if times > 1] == []


def test_institutions_are_known_by_country_and_name_once_and_have_aliases() -> None:
    rows = reference("institutions")["institution"]

    assert len({(row["country"], row["name"]) for row in rows}) == len(rows)
    assert all(row["aliases"] and row["name_zh"] for row in rows)
    assert {tier for row in rows for tier in row["tiers"]} == {"985", "211", "双一流"}


def test_generated_people_move_only_along_edges_of_the_shipped_pipeline() -> None:
    pipeline = next(row for row in reference("pipelines")["pipeline"] if row["is_default"])
    stages = pipeline["stages"]
    kinds = {stage["name"]: stage["kind"] for stage in stages}
    edges = {(stage["kind"], kinds[edge["to"]]) for stage in stages for edge in stage.get("leaving", ())}
    funnel = {
        (source, target) for source, targets in reference("generator")["funnel"].items() for target in targets
    }

    assert {edge for edge in funnel if edge[1] != "stays"} <= edges
    assert set(reference("generator")["pace"]) == set(StageKind.values)
