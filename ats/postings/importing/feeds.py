"""A file read as postings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from ats.common.errors import Invalid
from ats.models import Location, Posting
from ats.postings.importing.adapters import ADAPTERS, adapter_for
from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.containers import container_of
from ats.postings.importing.containers.table import Raw
from ats.postings.importing.records import Record
from ats.postings.importing.rows import BadRecord, LeftOut, PostingRow
from ats.postings.importing.text import labelled

SAMPLE = 20  # records looked at to know the adapter: the first may be a bad one

# What the database can hold, by field of `PostingRow`.
LIMITS = {
    field: limit
    for field in PostingRow.__dataclass_fields__
    if hasattr(Posting, field) and (limit := getattr(Posting._meta.get_field(field), "max_length", None))
}

PLACE_LIMIT = Location._meta.get_field("name").max_length or 0


@dataclass(frozen=True, slots=True)
class Feed:
    """All records of a file: those that can be postings and those that can not."""

    name: str
    rows: tuple[PostingRow, ...]
    rejected: tuple[LeftOut, ...]


def read_feed(path: Path, *, as_of: date) -> Feed:
    """Reads a file of any known kind; `as_of` is the day it speaks of. `Invalid` names the file."""
    records = tuple(records_of(path))
    adapter = adapter_of(path, records)
    results = [result(adapter, number, values, as_of) for number, values in records]
    return Feed(
        name=adapter.feed,
        rows=tuple(each for each in results if isinstance(each, PostingRow)),
        rejected=tuple(each for each in results if isinstance(each, LeftOut)),
    )


def records_of(path: Path) -> Iterable[Raw]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from error
    container = container_of(content)
    try:
        return list(container.records(content))
    except UnicodeDecodeError as error:
        raise unreadable(path, "it is not in UTF-8") from error
    except ValueError as error:
        raise unreadable(path, f"{error} ({container.label})") from error


def adapter_of(path: Path, records: Iterable[Raw]) -> Adapter:
    adapter = adapter_for(columns(islice(records, SAMPLE)))
    if adapter is None:
        known = "; ".join(each.label for each in ADAPTERS)
        raise Invalid("unknown_feed", f"{path.name} holds no known postings: {known}.", field="file")
    return adapter


def columns(records: Iterable[Raw]) -> Iterator[frozenset[str]]:
    return (frozenset(values) for _, values in records if isinstance(values, Mapping))


def result(
    adapter: Adapter, number: int, values: Mapping[str, object] | BadRecord, as_of: date
) -> PostingRow | LeftOut:
    if isinstance(values, BadRecord):
        return values.at(number)
    try:
        return fitting(placed(adapter.read(Record(number, values, as_of))))
    except BadRecord as bad:
        return bad.at(number)


def fitting(row: PostingRow) -> PostingRow:
    for field, limit in LIMITS.items():
        if (got := len(getattr(row, field) or "")) > limit:
            raise BadRecord("too_long", field=field, got=got, wanted=limit)
    return row


def placed(row: PostingRow) -> PostingRow:
    """A "place" too long for a name is many run together: it is kept whole in the description."""
    lists = [place for place in row.locations if len(place) > PLACE_LIMIT]
    places = tuple(place for place in row.locations if len(place) <= PLACE_LIMIT)
    told = labelled(("", row.description), *(("Locations", place) for place in lists))
    return replace(row, locations=places, description=told) if lists else row


def unreadable(path: Path, why: str) -> Invalid:
    return Invalid("unreadable_file", f"{path.name} can not be read: {why}.", field="file")
