from __future__ import annotations

import pytest

from ats.postings.importing.cities import City, cities_in, city_named


@pytest.mark.parametrize(
    "text",
    [
        "北京",
        "北京市",
        "Beijing",
        "Beijing, China",
        "中国北京",
        "北京市海淀区",
        "北京-海淀",
        "BEIJING",
        "北京（可远程）",
    ],
)
def test_a_city_has_one_name_however_it_is_written(text: str) -> None:
    assert cities_in(text) == ("Beijing",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("北京/上海/深圳", ("Beijing", "Shanghai", "Shenzhen")),
        ("北京、上海", ("Beijing", "Shanghai")),
        ("北京，上海", ("Beijing", "Shanghai")),
        ("北京 上海", ("Beijing", "Shanghai")),
        ("杭州/北京等", ("Hangzhou", "Beijing")),
        ("Beijing, Shanghai", ("Beijing", "Shanghai")),
        ("Oslo; Bergen", ("Oslo", "Bergen")),
        ("Paris, France and London, UK", ("Paris, France and London, UK",)),
        ("London and Paris", ("London", "Paris")),
        ("Trinidad and Tobago", ("Trinidad and Tobago",)),
        ("3 locations", ()),
        ("", ()),
    ],
)
def test_lists_are_taken_apart(text: str, names: tuple[str, ...]) -> None:
    assert cities_in(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("广东省深圳市南山区", "Shenzhen"),
        ("浙江省义乌市", "义乌"),
        ("中国香港", "Hong Kong"),
        ("南京东路", "南京东路"),  # a street in another city
        ("San Jose, California, United States of America", "San Jose, CA"),
        ("NYC", "New York, NY"),
        ("London, Ontario, Canada", "London, ON"),
        ("London, UK", "London"),
        ("Cambridge, MA", "Cambridge, MA"),
        ("Remote in USA", "Remote in USA"),
    ],
)
def test_districts_provinces_and_countries_do_not_make_a_city_another(text: str, name: str) -> None:
    assert cities_in(text) == (name,)


def test_a_known_city_has_both_names_and_its_country() -> None:
    assert city_named("Beijing") == City("Beijing", "北京", "CN")
    assert city_named("Oslo") == City("Oslo")
