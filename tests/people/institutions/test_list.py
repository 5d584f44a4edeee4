"""The list that forms show: GET /institutions/."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import a_client, an_institution

pytestmark = pytest.mark.django_db


def listed(query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = a_client().get(f"/api/v1/institutions/?{query}").json()["results"]
    return rows


def test_a_school_is_shown_with_both_names_its_country_and_tiers() -> None:
    school = an_institution(
        name="Zhejiang University", name_zh="浙江大学", city="Hangzhou", tiers=["985"], aliases=["浙大"]
    )

    assert listed("text=浙大") == [
        {
            "id": school.pk,
            "name": "Zhejiang University",
            "name_zh": "浙江大学",
            "country": "CN",
            "region": "mainland",
            "city": "Hangzhou",
            "city_zh": "",
            "tiers": ["985"],
            "aliases": ["浙大"],
        }
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=zhej", ["Zhejiang University"]),
        ("text=浙江", ["Zhejiang University"]),
        ("text=ZJU", ["Zhejiang University"]),
        ("text=univ oxf", ["University of Oxford"]),
        ("text=university", ["University of Oxford", "Zhejiang University"]),
        ("country=GB", ["University of Oxford"]),
        ("region=mainland", ["Zhejiang University"]),
        ("tier=985", ["Zhejiang University"]),
        ("text=nobody", []),
    ],
)
def test_schools_are_found_as_people_type(query: str, found: list[str]) -> None:
    an_institution(name="Zhejiang University", name_zh="浙江大学", tiers=["985"], shared_aliases=["ZJU"])
    an_institution(name="University of Oxford", country="GB", region="overseas")

    assert [row["name"] for row in listed(query)] == found


def test_the_list_is_paged_by_name() -> None:
    for name in ("B", "A", "C"):
        an_institution(name=name)

    first = a_client().get("/api/v1/institutions/?page_size=2").json()
    rest = a_client().get(first["next"]).json()

    assert [[row["name"] for row in page["results"]] for page in (first, rest)] == [["A", "B"], ["C"]]
