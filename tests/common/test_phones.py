"""Telephone numbers are recognised in every spelling."""

from __future__ import annotations

import pytest

from ats.common.phones import dialled_digits, normal_phone

SPELLINGS = (
    "13800138000",
    "138-0013-8000",
    "+86 138 0013 8000",
    "(+86)13800138000",
    "0086 13800138000",
    "86 13800138000",
    "013800138000",
    "＋８６（138）0013 8000",
    "１３８００１３８０００",
    "手机：13800138000",
    "13800138000 / 13900139000",
)


@pytest.mark.parametrize("raw", SPELLINGS)
def test_spellings_of_a_number_have_one_key(raw: str) -> None:
    assert normal_phone(raw) == "+8613800138000"


@pytest.mark.parametrize(
    ("raw", "region", "key"),
    [
        ("(415) 555-2671", "US", "+14155552671"),
        ("+1 415 555 2671", "CN", "+14155552671"),
        ("001 415 555 2671", "CN", "+14155552671"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("010-62782001", "CN", "+861062782001"),
        ("010-62782001转8012", "CN", "+861062782001"),
        ("+39 06 6982 1234", "CN", "+390669821234"),
        ("138", "CN", "+86138"),
    ],
)
def test_a_number_without_a_country_code_is_one_of_the_region(raw: str, region: str, key: str) -> None:
    assert normal_phone(raw, region) == key


@pytest.mark.parametrize("raw", ["", "无", "n/a", "1", "+999 123456", "1" * 40])
def test_what_is_no_number_has_no_key(raw: str) -> None:
    assert (normal_phone(raw), dialled_digits(raw)) == ("", None)


def test_digits_are_given_with_the_country_code_and_without() -> None:
    assert dialled_digits("138 0013 8000") == ("8613800138000", "13800138000")
