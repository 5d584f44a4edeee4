"""Recognising the school that somebody names. Not to be listed is allowed, and is no guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from ats.common.hosts import hosts_in
from ats.models import Institution


@dataclass(frozen=True, slots=True)
class Mention:
    """A school as somebody writes it; any part may be "". A name may be an address as well."""

    name: str = ""
    url: str = ""
    country: str = field(default="", kw_only=True)

    @property
    def hosts(self) -> list[str]:
        return hosts_in(self.url) + hosts_in(self.name)

    @property
    def folded(self) -> str:
        return self.name.strip().casefold()


def recognise(mentions: Sequence[Mention]) -> list[Institution | None]:
    """For each mention the school it means: by its longest host, else by its name or an alias.

    None where no school or more than one fits; a country tells namesakes apart. One statement.
    """
    directory = _Directory(mentions)
    return [directory.find(mention) for mention in mentions]


class _Directory:
    """The schools that some mentions may mean, by host and by folded name."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        hosts = sorted({host for mention in mentions for host in mention.hosts})
        names = sorted({mention.folded for mention in mentions if mention.folded})
        self._by_host: dict[str, list[Institution]] = {}
        self._by_name: dict[str, list[Institution]] = {}
        for row in _schools(hosts, names):
            for host in row.hosts:
                self._by_host.setdefault(host, []).append(row)
            for name in {name.casefold() for name in row.names() if name}:
                self._by_name.setdefault(name, []).append(row)

    def find(self, mention: Mention) -> Institution | None:
        found = next((self._by_host[host] for host in mention.hosts if host in self._by_host), None)
        rows = found or self._by_name.get(mention.folded, [])
        at_home = [row for row in rows if row.country == mention.country] if mention.country else rows
        return at_home[0] if len(at_home) == 1 else None


def _schools(hosts: list[str], names: list[str]) -> Iterable[Institution]:
    if not hosts and not names:
        return ()
    by_name = Institution.objects.named(names).values("pk")
    return Institution.objects.filter(Q(hosts__overlap=hosts) | Q(pk__in=by_name))
