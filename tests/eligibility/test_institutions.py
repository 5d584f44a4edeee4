from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command

from ats.models import Institution, Region
from ats.people.institution_list import load_institutions
from ats.people.institutions import Mention, recognise
from tests.factories import an_institution
from tests.processes import ROOT

pytestmark = pytest.mark.django_db

FOLDER = ROOT.parent / "shared" / "data" / "institutions"


def test_a_school_is_known_by_host_name_and_alias() -> None:
    school = an_institution(
        name="Example University", name_zh="示例大学", hosts=["example.edu.cn"], aliases=["示大", "eu"]
    )

    found = recognise(
        [
            Mention("Example University"),
            Mention("示例大学"),
            Mention("EU"),
            Mention("A lab", "https://www.cs.example.edu.cn/people"),
            Mention("cs.example.edu.cn"),
            Mention("Another University"),
            Mention(""),
        ]
    )

    assert found == [school, school, school, school, school, None, None]


def test_namesakes_are_told_apart_by_their_country_or_not_at_all() -> None:
    chinese = an_institution(name="Northeastern University", country="CN")
    american = an_institution(name="Northeastern University", country="US", region=Region.OVERSEAS)

    found = recognise([Mention("Northeastern University", country=code) for code in ("CN", "US", "FR", "")])

    assert found == [chinese, american, None, None]


def test_the_shipped_schools_are_loaded_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_institutions")
    call_command("import_institutions")

    known = Institution.objects.count()
    assert capsys.readouterr().out.splitlines() == [
        f"{known} schools are new, {known} are known.",
        f"0 schools are new, {known} are known.",
    ]
    assert known > 100


def test_of_two_shipped_namesakes_none_is_guessed() -> None:
    load_institutions()

    found = recognise(
        [
            Mention("Northeastern University"),
            Mention("Northeastern University", country="US"),
            Mention("Northeastern University", country="CN"),
            Mention("东北大学"),
            Mention("Northeastern University", "https://www.northeastern.edu"),
        ]
    )

    assert [school and (school.country, school.name_zh) for school in found] == [
        None,
        ("US", "美国东北大学"),
        ("CN", "东北大学"),
        ("CN", "东北大学"),
        ("US", "美国东北大学"),
    ]


def a_file(name: str) -> Any:
    if not FOLDER.is_dir():
        pytest.skip("the folder with the public institution lists is not here")
    return json.loads((FOLDER / name).read_text("utf-8"))


def test_four_public_lists_meet_in_one_directory(record_property: Any) -> None:
    world = a_file("world_universities_and_domains.json")
    rows = {(row["alpha_two_code"], row["name"]): row for row in world}
    Institution.objects.bulk_create(
        Institution(name=name[:200], country=country, region=Region.OVERSEAS, hosts=row["domains"])
        for (country, name), row in rows.items()
    )
    websites = {
        name: url
        for schools in a_file("cn_universities_with_website.json").values()
        for name, url in schools.items()
    }

    by_host = recognise([Mention(name, url, country="CN") for name, url in websites.items()])
    for name, school in zip(websites, by_host, strict=True):
        if school and not school.name_zh:
            school.name_zh = name
    Institution.objects.bulk_update([school for school in by_host if school], ["name_zh"], batch_size=500)
    ministry = recognise([Mention(row["name"], country="CN") for row in a_file("cn_moe_list_2017.json")])
    tiers = a_file("cn_key_universities_tiers.json")
    tiers_in_chinese = recognise([Mention(row["name"], country="CN") for row in tiers])
    tiers_in_english = recognise([Mention(row["en"], country="CN") for row in tiers])

    lists = {
        "websites": by_host,
        "ministry": ministry,
        "tiers in Chinese": tiers_in_chinese,
        "tiers in English": tiers_in_english,
    }
    matches = {name: sum(school is not None for school in found) for name, found in lists.items()}
    matches["schools with a website"] = len({school.pk for school in by_host if school})
    record_property("matches", matches)
    # Of 398 schools in China; the lists have 2,752, 2,631, 188 and 188 rows.
    assert matches == {
        "websites": 291,
        "ministry": 258,
        "tiers in Chinese": 131,
        "tiers in English": 115,
        "schools with a website": 260,
    }
