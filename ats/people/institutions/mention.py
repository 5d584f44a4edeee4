from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ats.common.hosts import hosts_in
from ats.models import Institution

MOST_CHOICES = 10


@dataclass(frozen=True, slots=True)
class Mention:
    """A school as somebody writes it; any part may be "". A name may be an address as well."""

    name: str = ""
    url: str = ""
    country: str = field(default="", kw_only=True)

    @property
    def hosts(self) -> list[str]:
        return hosts_in(self.url) + hosts_in(self.name)


class Outcome(StrEnum):
    RECOGNISED = "recognised"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a mention means: one school, one of several `choices` (which has to be asked), or nothing known.

    A single choice is a school that it may well mean, but that the words do not prove.
    """

    institution: Institution | None = None
    choices: tuple[Institution, ...] = ()

    @property
    def outcome(self) -> Outcome:
        if self.institution:
            return Outcome.RECOGNISED
        return Outcome.AMBIGUOUS if self.choices else Outcome.UNKNOWN


UNKNOWN = Recognition()


def ambiguous(rows: Iterable[Institution]) -> Recognition:
    """The first of them by name, each once."""
    distinct = {row.pk: row for row in rows}
    return Recognition(
        choices=tuple(sorted(distinct.values(), key=lambda row: (row.name, row.pk))[:MOST_CHOICES])
    )


def choices_document(rows: Iterable[Institution]) -> list[dict[str, Any]]:
    """Schools to choose from, as plain values."""
    return [{"id": row.pk, "name": row.name, "name_zh": row.name_zh, "country": row.country} for row in rows]
