"""One name for each city, however a feed writes it, and lists of cities taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from ats.common.reference import reference
from ats.common.tables.text import fold

LIST = re.compile(r"\s*(?:[;；/／、|｜\n]|<br\s*/?>)\s*")
COMMA = re.compile(r"\s*[,，]\s*")
WEAK = re.compile(r"\s+(?:or|and|&)\s+|\s+|和|或|及")  # separates places only where all of them are known
CHINESE = re.compile(r"[\u3400-\u9fff]")
# "3 locations", "+2 more", "Multiple Locations": no place.
NO_PLACE = re.compile(
    r"(?:\+?\s*\d+|multiple|various|several)\s*(?:more\s*)?(?:locations?|cities|offices|places)?(?:\s*more)?|等|等地|多地|多城市|不限|待定",
    re.IGNORECASE,
)
ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
# What may follow a Chinese city: its district, a dash, or nothing.
AFTER_ZH = re.compile(
    r"(?:市|特别行政区)?(?:$|[-—·・\s(（].*"
    r"|.{1,8}?(?:新区|区|县|镇|街道|开发区|高新区|园区|总部|研发中心)(?:.{0,8})$)"
)
ANY_CITY_ZH = re.compile(r"(?:.{2,7}(?:省|自治区))?([^省市区县]{2,6})市(?:.{0,12})")


@dataclass(frozen=True, slots=True)
class City:
    name: str
    name_zh: str = ""
    country: str = ""


def cities_in(text: str) -> tuple[str, ...]:
    """The names of the places in a text such as "北京/上海", "北京市" or "Beijing, China; Oslo"."""
    return tuple(dict.fromkeys(name for part in LIST.split(text) for name in _places(part.strip())))


@cache
def city_named(name: str) -> City:
    """The city of a usual name; of an unknown place only the name."""
    return _usual()[1].get(name, City(name))


def _places(text: str) -> Iterator[str]:
    """Places without separators of a list, commas left: "Paris, France" is one, "北京,上海" two."""
    text = text.strip(" *•·,，").removesuffix("等地").removesuffix("等")
    if not text or NO_PLACE.fullmatch(text):
        return
    if found := usual_name(text):
        yield found
        return
    parts = [part for part in COMMA.split(text) if part]
    if len(parts) > 1 and (CHINESE.search(text) or all(usual_name(part) for part in parts)):
        for part in parts:
            yield from _places(part)
    elif len(weak := [part for part in WEAK.split(text) if part]) > 1 and all(map(usual_name, weak)):
        yield from map(usual_name, weak)
    else:
        yield text


@lru_cache(maxsize=10_000)
def usual_name(text: str) -> str:
    """The usual name of a known city in one of its forms, "" for others."""
    by_form, _ = _usual()
    bare = ASIDE.sub("", text)
    if found := by_form.get(fold(text)) or by_form.get(fold(bare)):
        return found
    return _chinese(bare) if CHINESE.search(bare) else _latin(bare)


def _chinese(text: str) -> str:
    text = text.replace(" ", "")
    for before in reference("cities")["before_zh"]:
        if text.startswith(before) and len(text) > len(before) + 1:
            text = text.removeprefix(before).lstrip("省-·").removeprefix("壮族自治区").removeprefix("自治区")
    by_form, _ = _usual()
    for length in range(min(len(text), 5), 1, -1):
        if (found := by_form.get(fold(text[:length]))) and AFTER_ZH.fullmatch(text[length:]):
            return found
    match = ANY_CITY_ZH.fullmatch(text)
    return match[1] if match else ""


def _latin(text: str) -> str:
    """ "Beijing, China" and "Seattle, Washington, United States" without what only places the city."""
    parts = COMMA.split(text)
    if len(parts) == 1:
        return ""
    by_form, _ = _usual()
    kept = [parts[0], *(_state(part) for part in parts[1:] if fold(part) not in _around())]
    name = ", ".join(kept)
    if found := by_form.get(fold(name)):
        return found
    return name if kept[1:] and kept[1] in reference("cities")["states"] and not kept[2:] else ""


def _state(part: str) -> str:
    """The short form of a state's name; other text as it is."""
    return _states().get(fold(part), part)


@cache
def _states() -> dict[str, str]:
    return {fold(long): short for short, long in reference("cities")["states"].items()}


@cache
def _around() -> frozenset[str]:
    """Folded names of countries and provinces, in both languages."""
    names = {fold(name) for name in reference("cities")["after"]}
    for language in ("en", "zh"):
        names |= {fold(name) for code, name in Locale(language).territories.items() if code.isalpha()}
    # "Singapore" after "Singapore", and "Hong Kong" after a district, are countries here as well.
    return frozenset(
        names | {"usa", "us", "u.s.", "u.s.a.", "united states of america", "cn", "china mainland"}
    )


@cache
def _usual() -> tuple[dict[str, str], dict[str, City]]:
    """Usual names by folded form, and cities by usual name."""
    by_form, cities = dict[str, str](), dict[str, City]()
    for row in reference("cities")["city"]:
        cities[row["name"]] = City(row["name"], row["name_zh"], row["country"])
        for form in (row["name"], row["name_zh"], *row.get("also", ())):
            by_form[fold(form)] = row["name"]
    return by_form, cities
