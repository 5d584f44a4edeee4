"""What may stand beside the name of a school without making it another one.

The words are data, in `fixtures/institutions/words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ats.common.countries import countries
from ats.common.institution_names import fold, name_key, vocabulary, words
from ats.common.reference import reference
from ats.models import Institution

CAMPUS = re.compile(r"^.{0,8}?(?:校区|校园)")
NUMBER = re.compile(r"^\d+")
LONGEST_UNIT = 16


@lru_cache(8192)
def country_in(text: str) -> str:
    """The country that a text names and nothing else, or that its state or province belongs to; or ""."""
    key = name_key(text)
    return _countries().get(key) or _regions().get(key, "")


@cache
def _countries() -> dict[str, str]:
    named = {name_key(name): code for code, names in countries().items() for name in names}
    return named | _by_word("countries")


@cache
def _regions() -> dict[str, str]:
    return _by_word("regions")


def _by_word(table: str) -> dict[str, str]:
    return {word: code for code in reference("institutions/words")[table] for word in vocabulary(table, code)}


def locations_of(row: Institution) -> frozenset[str]:
    """The keys of the school's city and campuses."""
    return _location_keys((row.city, row.city_zh, *row.campuses))


@lru_cache(4096)
def _location_keys(names: tuple[str, ...]) -> frozenset[str]:
    keys = {name_key(name) for name in names if name}
    return frozenset(keys | {f"{key}市" for key in keys if not key.isascii()})


@lru_cache(4096)
def _location_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in words(fold(name)))


@lru_cache(8192)
def is_foreign(text: str) -> bool:
    """Whether these words beside a school's name speak of another one, or of studies that need asking."""
    folded = fold(text)
    return bool(
        any(word in folded for word in vocabulary("foreign", "chinese"))
        or vocabulary("foreign", "latin").intersection(words(folded))
    )


def is_beside(text: str, row: Institution, *, glued: bool = False) -> bool:
    """Whether `text` beside the name of `row` leaves it that school: a part of it, a degree, a city.

    `glued` words follow the name without a comma: a subject alone may then be part of another name.
    """
    if is_foreign(text):
        return False
    if name_key(text) in locations_of(row) or country_in(text) == row.country:
        return True
    found = words(fold(text))
    if all(word.isascii() for word in found):
        return _is_latin_part(found, row, needs_unit=glued)
    return _is_chinese_part("".join(found), row)


def _is_latin_part(found: list[str], row: Institution, *, needs_unit: bool) -> bool:
    said = {word for word in found if not word.isdigit() and country_in(word) != row.country}
    beside_the_name = vocabulary("notes", "latin") | _location_words((row.city, *row.campuses))
    left = said - vocabulary("connectors") - beside_the_name
    units, general = left & vocabulary("units", "latin"), vocabulary("units", "latin_general")
    special = (said & vocabulary("units", "latin_subjects")) | (said & named_units(row))
    if left <= named_units(row):
        return True
    if left - units - special - general or (special <= {"science"} and "technology" in left):
        return False
    return bool(special) and (bool(units) or not needs_unit)


def named_units(row: Institution) -> frozenset[str]:
    return vocabulary("named_units", row.name_zh)


def _is_chinese_part(text: str, row: Institution) -> bool:
    while text:
        left = _without_one(text, row)
        if left == text:
            return text in named_units(row) or _is_subject(text)
        text = left
    return True


def _without_one(text: str, row: Institution) -> str:
    """`text` without the unit, note, campus or city that it begins with."""
    if (left := _without_unit(text, row)) != text:
        return left
    for word in sorted(vocabulary("notes", "chinese") | locations_of(row), key=len, reverse=True):
        if text.startswith(word):
            return text.removeprefix(word)
    for pattern in (NUMBER, CAMPUS):
        if found := pattern.match(text):
            return text[found.end() :]
    return text


def _without_unit(text: str, row: Institution) -> str:
    for end in range(min(len(text), LONGEST_UNIT), 1, -1):
        if _is_unit(text[:end], row):
            return text[end:]
    return text


def _is_unit(text: str, row: Institution) -> bool:
    return any(_is_named(text.removesuffix(kind), kind, row) for kind in _kinds() if text.endswith(kind))


@cache
def _kinds() -> list[str]:
    return sorted(vocabulary("units", "chinese"), key=len, reverse=True)


def _is_named(name: str, kind: str, row: Institution) -> bool:
    if kind in vocabulary("units", "chinese_always"):
        return "大学" not in name and "学院" not in name
    whole = name in vocabulary("units", "chinese_whole") and kind in ("学院", "学部", "院")
    return whole or name in named_units(row) or _is_subject(name)


def _is_subject(name: str) -> bool:
    return bool(_subjects().fullmatch(name)) and not _general().fullmatch(name)


@cache
def _subjects() -> re.Pattern[str]:
    return _any_of(vocabulary("units", "chinese_subjects") | vocabulary("units", "chinese_general"))


@cache
def _general() -> re.Pattern[str]:
    return _any_of(vocabulary("units", "chinese_general"))


def _any_of(alternatives: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(alternatives, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})+")
