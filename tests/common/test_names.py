"""Countries and languages by their codes."""

from __future__ import annotations

import pytest

from ats.common.countries import countries, country_names, is_country
from ats.common.languages import LANGUAGES, language_named


def test_there_are_all_countries_of_the_standard() -> None:
    assert len(countries()) == 249


@pytest.mark.parametrize("code", ["EU", "UN", "XK", "ZZ", "UK", "cn", "", "001"])
def test_what_is_no_code_of_the_standard_is_no_country(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("CN", ("China", "中国")),
        ("SG", ("Singapore", "新加坡")),
        ("HK", ("Hong Kong", "中国香港")),
        ("MO", ("Macao", "中国澳门")),
        ("TW", ("Taiwan", "台湾")),
    ],
)
def test_countries_have_names_in_both_languages(code: str, names: tuple[str, str]) -> None:
    assert country_names(code) == names


@pytest.mark.parametrize("text", ["zh", "Chinese", "中文", "汉语", "Mandarin", " 普通话 "])
def test_a_language_is_known_by_its_code_its_names_and_other_words(text: str) -> None:
    assert language_named(text) == "zh"


def test_languages_have_names_in_both_languages() -> None:
    assert LANGUAGES["ja"][:2] == ("Japanese", "日语")
