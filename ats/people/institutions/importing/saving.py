"""Bringing lists of schools in. Nothing that is known is overwritten by a file, and tiers never are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction

from ats.common.countries import is_country
from ats.common.hosts import hosts_in
from ats.common.institution_names import name_key
from ats.models import Institution
from ats.people.institutions.shipped import region_of, shipped_institutions

LONGEST_NAME = 200
FIELDS = ("name", "name_zh", "city", "city_zh", "tiers", "hosts", "aliases", "shared_aliases", "as_written")
SAVED = (*FIELDS, "campuses", "region", "keys", "shared_keys", "search_terms")
BATCH = 1000


class Problem(NamedTuple):
    """A row of a file, counted from 1, that was not taken, and why."""

    row: int
    reason: str


@dataclass(slots=True)
class Report:
    """What became of the rows: read = created + updated + unchanged + duplicate + rejected."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len(self.problems)


@transaction.atomic
def load_institutions() -> Report:
    """The shipped schools, as they ship: new ones are added, known ones brought up to date.

    Of all schools the keys are made anew, since a release may fold names in another way.
    """
    rows = list(Institution.objects.all())
    stale = [row for row in rows if row.remake_keys()]
    known, report = _Known(rows), Report()
    new, changed = [], []
    for shipped in shipped_institutions():
        report.read += 1
        found = known.match(shipped.country, shipped.names(), [])
        if found is None:
            report.created += 1
            new.append(shipped)
        elif _assign(found, {name: getattr(shipped, name) for name in (*FIELDS, "campuses")}):
            report.updated += 1
            changed.append(found)
        else:
            report.unchanged += 1
    _save(new, list(dict.fromkeys([*changed, *stale])))
    return report


@transaction.atomic
def import_institutions(
    rows: Iterable[dict[str, Any]], *, country: str = "", dry_run: bool = False
) -> Report:
    """Add the schools of `rows` that are not known, and what is missing of those that are.

    `rows` are those of `read_institutions`; `country` is for rows that name none. A school is known by
    its country and one of its names, or by its address where the other name is not known to differ.
    A second run changes nothing.
    """
    known, report = _Known(Institution.objects.all()), Report()
    new: list[Institution] = []
    changed: dict[int, Institution] = {}
    for number, row in enumerate(rows, 1):
        report.read += 1
        _take({**row, "country": row.get("country") or country}, number, known, report, new, changed)
    if not dry_run:
        _save(new, list(changed.values()))
    return report


def _take(
    row: dict[str, Any],
    number: int,
    known: _Known,
    report: Report,
    new: list[Institution],
    changed: dict[int, Institution],
) -> None:
    if reason := _refusal(row):
        report.problems.append(Problem(number, reason))
        return
    hosts = list(dict.fromkeys(_host(text) for text in row.get("hosts", []) if _host(text)))
    found = known.match(row["country"], [row.get("name", ""), row.get("name_zh", "")], hosts)
    if found is None:
        school = _institution(row, known.free(hosts))
        known.add(school)
        new.append(school)
        report.created += 1
    elif known.was_seen(found):
        report.duplicate += 1
    elif _assign(found, _missing(found, row, known.free(hosts))):
        changed[found.pk] = found
        report.updated += 1
    else:
        report.unchanged += 1
    known.see(found or new[-1])


def _refusal(row: dict[str, Any]) -> str:
    names = [row.get("name", ""), row.get("name_zh", "")]
    if not any(map(name_key, names)):
        return "no name"
    if max(map(len, names)) > LONGEST_NAME:
        return f"a name longer than {LONGEST_NAME} characters"
    if not row["country"]:
        return "no country: give --country for rows without one"
    return "" if is_country(row["country"]) else f"no country of ISO 3166-1: {row['country'][:20]}"


def _host(text: str) -> str:
    """The host of an address without its "www."; "" for other text."""
    found = hosts_in(text)
    return found[0].removeprefix("www.")[:100] if found else ""


def _institution(row: dict[str, Any], hosts: list[str]) -> Institution:
    name, name_zh = row.get("name", ""), row.get("name_zh", "")
    return Institution(
        name=name or name_zh,
        name_zh=name_zh,
        country=row["country"],
        region=region_of(row["country"]),
        hosts=hosts,
    )


def _missing(school: Institution, row: dict[str, Any], hosts: list[str]) -> dict[str, Any]:
    """What the row knows and the school has not: a name in the other language, an address."""
    fields: dict[str, Any] = {}
    if row.get("name_zh") and not school.name_zh:
        fields["name_zh"] = row["name_zh"]
    if row.get("name") and school.name == school.name_zh:
        fields["name"] = row["name"]
    if hosts and not school.hosts:
        fields["hosts"] = hosts
    return fields


def _assign(school: Institution, fields: dict[str, Any]) -> bool:
    """Set fields; whether anything is another value now."""
    differing = {name: value for name, value in fields.items() if getattr(school, name) != value}
    for name, value in differing.items():
        setattr(school, name, value)
    return bool(differing)


def _save(new: Sequence[Institution], changed: Sequence[Institution]) -> None:
    Institution.objects.bulk_create(new, batch_size=BATCH)
    # An upsert makes the keys anew, which `bulk_update` would not.
    Institution.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=SAVED
    )


class _Known:
    """The schools that are known, by country and name and by address."""

    def __init__(self, rows: Iterable[Institution]) -> None:
        self._by_name: dict[tuple[str, str], Institution] = {}
        self._by_host: dict[str, Institution] = {}
        self._seen: set[int] = set()
        for row in rows:
            self.add(row)

    def add(self, row: Institution) -> None:
        for name in row.names():
            self._by_name.setdefault((row.country, name_key(name)), row)
        for host in row.hosts:
            self._by_host.setdefault(host, row)

    def match(self, country: str, names: list[str], hosts: list[str]) -> Institution | None:
        for name in filter(None, map(name_key, names)):
            if found := self._by_name.get((country, name)):
                return found
        at = next((self._by_host[host] for host in hosts if host in self._by_host), None)
        return at if at and at.country == country and not _differ(at, names[-1]) else None

    def free(self, hosts: list[str]) -> list[str]:
        return [host for host in hosts if host not in self._by_host]

    def was_seen(self, row: Institution) -> bool:
        return id(row) in self._seen

    def see(self, row: Institution) -> None:
        self._seen.add(id(row))


def _differ(school: Institution, name_zh: str) -> bool:
    """Whether the two have Chinese names, and other ones: a college at its university's address."""
    return bool(name_zh and school.name_zh)
