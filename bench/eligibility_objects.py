"""The baseline: rules judged one candidate at a time by Python objects, as one would without SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ats.common.months import Span


@dataclass(slots=True)
class Person:
    graduation: Span | None
    degree: int | None
    country: str | None
    tiers: list[str] | None
    discipline: str | None
    languages: dict[str, int | None] | None

    @classmethod
    def of(cls, row: dict[str, Any]) -> Person:
        return cls(**{name: row[name] for name in cls.__slots__})


Judge = Callable[[Person], bool | None]


def judge_of(node: Any) -> Judge:
    from ats.eligibility.trees import All, Leaf

    if isinstance(node, Leaf):
        return JUDGES[node.rule.kind](node.rule)
    parts = [judge_of(inner) for inner in node.nodes]
    return every(parts) if isinstance(node, All) else some(parts)


def every(parts: list[Judge]) -> Judge:
    def judge(person: Person) -> bool | None:
        outcome: bool | None = True
        for part in parts:
            found = part(person)
            if found is False:
                return False
            outcome = outcome if found else None
        return outcome

    return judge


def some(parts: list[Judge]) -> Judge:
    def judge(person: Person) -> bool | None:
        outcome: bool | None = False
        for part in parts:
            found = part(person)
            if found:
                return True
            outcome = outcome if found is False else None
        return outcome

    return judge


def region(asked: Any) -> Callable[[str], bool]:
    home = {"CN": "mainland", "HK": "hmt", "MO": "hmt", "TW": "hmt"}
    return lambda country: home.get(country, "overseas") in asked.regions or country in asked.countries


def known(fact: Callable[[Person], Any], holds: Callable[[Any], bool | None]) -> Judge:
    def judge(person: Person) -> bool | None:
        value = fact(person)
        return None if value is None else holds(value)

    return judge


def within(windows: Any, known: Span) -> bool | None:
    """Of windows that do not touch one another, as those of the season."""
    if any(w.begins <= known.first and known.last < w.ends for w in windows):
        return True
    return None if any(known.first < w.ends and w.begins <= known.last for w in windows) else False


def level(asked: Any) -> Callable[[dict[str, int | None]], bool | None]:
    def holds(languages: dict[str, int | None]) -> bool | None:
        if asked.language not in languages:
            return False
        found = languages[asked.language]
        return None if found is None else found >= asked.level

    return holds


JUDGES: dict[str, Callable[[Any], Judge]] = {
    "graduation_window": lambda r: known(lambda p: p.graduation, lambda known: within(r.windows, known)),
    "degree": lambda r: known(lambda p: p.degree, lambda degree: r.least <= degree <= r.most),
    "institution_region": lambda r: known(lambda p: p.country, region(r)),
    "institution_tier": lambda r: known(lambda p: p.tiers, lambda tiers: not set(r.tiers).isdisjoint(tiers)),
    "major": lambda r: known(lambda p: p.discipline, lambda discipline: discipline in r.disciplines),
    "language": lambda r: known(lambda p: p.languages, level(r)),
}
