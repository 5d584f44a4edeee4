"""Who applies in a generated season. The same stream of numbers gives the same people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from ats.leaves.months import last_day_of_month
from ats.leaves.reference import reference
from ats.models import Region
from ats.seasons.institutions import region_of
from ats.seasons.weighted import Weighted


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate and their education; None or "" where they say nothing.

    `institution` is the Chinese name of a shipped school, which no other has.
    """

    name: str
    email: str
    language: str
    institution: str
    institution_name: str
    degree: int | None
    major: str
    starts_on: date | None
    graduates_on: date | None


def by_number(weights: Mapping[str, float]) -> Weighted[int]:
    """TOML knows only text as keys."""
    return Weighted({int(key): weight for key, weight in weights.items()})


class People:
    """Makes one person after the other, from the tables in `fixtures/`."""

    def __init__(self, random: Random) -> None:
        rules, names = reference("generator")["people"], reference("names")
        self._random = random
        self._rules = rules
        self._overseas = names["overseas"]
        self._given = names["chinese_given"]
        self._family = Weighted(
            {(row["zh"], row["pinyin"]): row["weight"] for row in names["chinese_family"]}
        )
        self._region = Weighted(rules["region"])
        self._schools = schools_by_region(rules["tier"])
        self._degree = by_number(rules["degree"])
        self._months = Weighted(rules["graduation"])
        self._languages = {kind: Weighted(table) for kind, table in rules["language"].items()}
        self._made = 0

    def make(self) -> Person:
        """The next person."""
        self._made += 1
        region = self._region.draw(self._random)
        foreign = self._happens(self._rules["overseas_name"][region])
        name, latin = self._foreign_name() if foreign else self._chinese_name()
        kind = "overseas_name" if foreign else "chinese_name"
        return Person(
            name=name,
            email=f"{latin}{self._made}@students.example",
            language=self._languages[kind].draw(self._random),
            major=self._random.choice(self._rules["majors"]),
            **self._school(region),
            **self._course(),
        )

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _chinese_name(self) -> tuple[str, str]:
        """A name in characters, and in letters that an address may have."""
        zh, pinyin = self._family.draw(self._random)
        given = self._random.choices(self._given, k=self._random.choice((1, 2, 2, 2)))
        return (
            zh + "".join(part["zh"] for part in given),
            "".join(part["pinyin"] for part in given) + f".{pinyin.lower()}.",
        )

    def _foreign_name(self) -> tuple[str, str]:
        row = self._random.choice(self._overseas)
        given, family = self._random.choice(row["given"]), self._random.choice(row["family"])
        return f"{given} {family}", "student."

    def _school(self, region: str) -> dict[str, Any]:
        if self._happens(self._rules["with_unlisted_institution"]):
            name = self._random.choice(self._rules["unlisted_institutions"])
            return {"institution": "", "institution_name": name}
        name, written = self._schools[Region(region)].draw(self._random)
        return {"institution": name, "institution_name": written}

    def _course(self) -> dict[str, Any]:
        degree = self._degree.draw(self._random)
        ends = last_day_of_month(self._months.draw(self._random))
        if ends is None or self._happens(self._rules["without_graduation"]):
            return {"degree": degree, "starts_on": None, "graduates_on": None}
        starts = date(ends.year - self._rules["years"][str(degree)], 9, 1)
        known = None if self._happens(self._rules["without_degree"]) else degree
        return {"degree": known, "starts_on": starts, "graduates_on": ends}


def schools_by_region(tiers: Mapping[str, float]) -> dict[Region, Weighted[tuple[str, str]]]:
    """The shipped schools, those on more lists the likelier: the Chinese name and the one at home."""
    weights: dict[Region, dict[tuple[str, str], float]] = {region: {} for region in Region}
    for row in reference("institutions")["institution"]:
        region = region_of(row["country"])
        written = row["name"] if region is Region.OVERSEAS else row["name_zh"]
        likely = 1 + sum(tiers[tier] for tier in row["tiers"])
        weights[region][row["name_zh"], written] = likely
    return {region: Weighted(table) for region, table in weights.items()}
