"""What ships: whole lists of their year, names that do not contradict each other."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from ats.common.countries import is_country
from ats.common.institution_names import name_key
from ats.common.reference import reference
from ats.people.institutions import Mention, recognise
from ats.people.institutions.importing import load_institutions
from ats.people.institutions.shipped import shipped_institutions
from tests.processes import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "institutions"
# What a public list says and the ministry's do not.
NOT_SO = {
    "985": set(),
    "211": {"宁波大学"},
    "双一流": {"北京语言大学", "上海戏剧学院", "陆军军医大学"},
}


def test_the_lists_are_whole() -> None:
    lists = {row["tier"]: row for row in reference("institutions/tiers")["list"]}

    assert {tier: len(set(row["schools"])) for tier, row in lists.items()} == {
        "985": 39,
        "211": 115,
        "双一流": 147,
    }
    assert {tier: row["year"] for tier, row in lists.items()} == {"985": 2006, "211": 2008, "双一流": 2022}
    assert set(lists["985"]["schools"]) < set(lists["211"]["schools"]) < set(lists["双一流"]["schools"])


def test_every_school_of_a_list_is_shipped() -> None:
    listed = {name for row in reference("institutions/tiers")["list"] for name in row["schools"]}

    assert listed - {school.name_zh for school in shipped_institutions() if school.country == "CN"} == set()


def test_no_name_that_means_one_school_alone_is_borne_by_two_of_a_country() -> None:
    keys = Counter(
        (school.country, key)
        for school in shipped_institutions()
        for key in {name_key(name) for name in school.names()}
    )

    assert [key for key, count in keys.items() if count > 1] == []


def test_a_school_is_shipped_once_and_no_address_has_two() -> None:
    schools = shipped_institutions()
    names = Counter((school.country, school.name) for school in schools)
    hosts = Counter(host for school in schools for host in school.hosts)

    assert [value for counts in (names, hosts) for value, count in counts.items() if count > 1] == []


def test_every_country_is_one() -> None:
    assert [row.name for row in shipped_institutions() if not is_country(row.country)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("tier", ["985", "211", "双一流"])
@pytest.mark.parametrize("language", ["name", "en"])
def test_the_schools_of_a_public_list_have_their_tiers_in_either_language(tier: str, language: str) -> None:
    rows = [row for row in _public_list() if tier in row["tags"] and row["name"] not in NOT_SO[tier]]
    load_institutions()

    found = recognise([Mention(row[language], country="CN") for row in rows])

    missing = [
        row["name"] for row, school in zip(rows, found, strict=True) if not school or tier not in school.tiers
    ]
    assert missing == []


def _public_list() -> list[dict[str, Any]]:
    if not FOLDER.is_dir():
        pytest.skip("the folder with the public institution lists is not here")
    rows: list[dict[str, Any]] = json.loads((FOLDER / "cn_key_universities_tiers.json").read_text("utf-8"))
    return rows
