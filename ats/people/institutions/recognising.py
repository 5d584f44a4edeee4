"""Recognising the school that somebody names. Not to be listed is allowed, and is no guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ats.common.countries import HMT, MAINLAND
from ats.common.institution_names import name_key, words
from ats.models import Institution
from ats.people.institutions.directory import Directory, Named
from ats.people.institutions.mention import UNKNOWN, Mention, Recognition, ambiguous
from ats.people.institutions.reading import Split, read, splits
from ats.people.institutions.vocabulary import country_in, is_beside, is_foreign, locations_of


def resolve(mentions: Sequence[Mention]) -> list[Recognition]:
    """For each mention the school it means, the schools it may mean, or neither. One statement.

    1. The whole text is looked up as a name; else its parts, and of each part its beginnings and ends.
    2. What stands beside a name has to be known words: a department, a degree, a city of that school,
       a country. Anything else may make it another school, so the mention stays open.
    3. Names that several schools bear are distinguished by a country, a city or the address; an
       abbreviation that others in the world use is taken only with one of them.
    4. An address and a name that contradict each other stay open.
    """
    directory = Directory(mentions)
    known: dict[Mention, Recognition] = {}
    for mention in mentions:
        if mention not in known:
            known[mention] = _recognise(mention, directory)
    return [known[mention] for mention in mentions]


def recognise(mentions: Sequence[Mention]) -> list[Institution | None]:
    """For each mention the school that it certainly means, or None."""
    return [found.institution for found in resolve(mentions)]


def _recognise(mention: Mention, directory: Directory) -> Recognition:
    by_name = _by_name(mention, directory)
    at = directory.at(mention.hosts)
    if not at:
        return by_name
    meant = {by_name.institution} if by_name.institution else set(by_name.choices)
    both = at & meant if meant else at
    return Recognition(next(iter(both))) if len(both) == 1 else ambiguous(both or at | meant)


@dataclass(slots=True)
class _Evidence:
    """What the parts of a text say together. `proof`: more than an abbreviation that others use."""

    rows: set[Institution] = field(default_factory=set)
    proof: bool = False
    doubt: bool = False


def _by_name(mention: Mention, directory: Directory) -> Recognition:
    reading = read(mention.name)
    whole = directory.named(reading.whole)
    alone = _Evidence(whole.all, proof=bool(whole.sure))
    return _settle(alone if whole.all else _weigh(reading.parts, directory), mention.country)


def _settle(evidence: _Evidence, country: str) -> Recognition:
    rows = evidence.rows
    at_home = _of_country(rows, country) if country else rows
    proof = evidence.proof or bool(country)
    if len(at_home) == 1 and proof and not evidence.doubt:
        return Recognition(next(iter(at_home)))
    return ambiguous(at_home or rows) if rows else UNKNOWN


def _of_country(rows: set[Institution], country: str) -> set[Institution]:
    """Whoever writes China for Hong Kong, Macao or Taiwan is understood, where nothing else fits."""
    found = {row for row in rows if row.country == country}
    return found or {row for row in rows if country in MAINLAND and row.country in HMT}


def _weigh(parts: Sequence[str], directory: Directory) -> _Evidence:
    """The schools that every named part can mean, narrowed by what stands beside them."""
    said = {part: _named(part, directory) for part in parts}
    if any(found is None for found in said.values()):
        return _Evidence()
    named = {part: found for part, found in said.items() if found and found.rows}
    named = _without_cities(named)
    if not named:
        return _Evidence()
    meant = [found.rows for found in named.values()]
    rows = set.intersection(*meant)
    if not rows:
        return _Evidence(set.union(*meant), doubt=True)
    proof = any(found.proof for found in named.values())
    doubt = any(found.doubt for found in named.values())
    return _narrow(_Evidence(rows, proof, doubt), [part for part in parts if part not in named])


def _without_cities(named: dict[str, _Evidence]) -> dict[str, _Evidence]:
    """Without the parts that are the city of a school in another part: "MIT, Cambridge"."""
    cities = {
        part
        for part in named
        for other, found in named.items()
        if other != part and any(name_key(part) in locations_of(row) for row in found.rows)
    }
    return {part: found for part, found in named.items() if part not in cities} or named


def _narrow(evidence: _Evidence, beside: list[str]) -> _Evidence:
    for part in beside:
        fits = {row for row in evidence.rows if is_beside(part, row)}
        if country := country_in(part):
            fits = {row for row in fits if row.country == country} or fits
        evidence = _Evidence(
            fits or evidence.rows, evidence.proof or _narrows(part, fits), evidence.doubt or not fits
        )
    return evidence


def _named(part: str, directory: Directory) -> _Evidence | None:
    """What a part means as the name of a school with something beside it. None: surely another one."""
    found = directory.named(part)
    if found.all:
        return _Evidence(found.all, proof=bool(found.sure))
    doubtful: set[Institution] = set()
    for split in splits(part):
        known = directory.named(split.name)
        if not known.all or _may_be_another(split, known):
            continue
        if fits := {row for row in known.all if is_beside(split.beside, row, glued=True)}:
            return _Evidence(fits, proof=bool(known.sure & fits) or _narrows(split.beside, fits))
        if split.full and is_foreign(split.beside):
            return None
        if split.full and split.after and not doubtful:
            doubtful = known.all
    return _Evidence(doubtful, doubt=True)


def _may_be_another(split: Split, known: Named) -> bool:
    """Oxford beside something else may be the town, and the MIT College of Engineering is in Pune."""
    is_town = any(name_key(split.name) in locations_of(row) for row in known.all)
    return is_town or (not split.full and "college" in words(split.beside))


def _narrows(beside: str, rows: set[Institution]) -> bool:
    """Whether the words name the country, the city or a campus of one of them."""
    country, key = country_in(beside), name_key(beside)
    return any(country == row.country or key in locations_of(row) for row in rows)
