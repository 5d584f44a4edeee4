"""A file read as postings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

from ats.common.errors import Invalid
from ats.common.tables import Table, read_table
from ats.common.tables.columns import chosen_columns, known_headers
from ats.common.tables.headers import Raw, fold_name
from ats.common.tables.outcomes import BadRecord, LeftOut
from ats.common.tables.records import Record
from ats.common.tables.text import labelled
from ats.models import Location, Posting
from ats.postings.importing.adapters import ADAPTERS, adapter_for
from ats.postings.importing.adapters.adapter import Adapter
from ats.postings.importing.adapters.generic import FIELDS, REQUIRED, generic, guessed
from ats.postings.importing.cities import cities_in
from ats.postings.importing.rows import PostingRow

SAMPLE = 20  # records looked at to know the adapter: the first may be a bad one

# What the database can hold, by field of `PostingRow`.
LIMITS = {
    field: limit
    for field in PostingRow.__dataclass_fields__
    if hasattr(Posting, field) and (limit := getattr(Posting._meta.get_field(field), "max_length", None))
}

NAME_LIMIT = Location._meta.get_field("name").max_length or 0


@dataclass(frozen=True, slots=True)
class Feed:
    """All records of a file: those that can be postings and those that cannot.

    `mapping` is the column of each field, empty where an adapter knows the file; `unused` are the
    columns that become nothing; `mentioned` are texts of rejected rows: ids may be among them.
    """

    name: str
    rows: tuple[PostingRow, ...]
    rejected: tuple[LeftOut, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    mentioned: Set[str] = field(default=frozenset(), compare=False)


@cache
def headers() -> frozenset[str]:
    """Every folded header that some reader of postings knows."""
    return known_headers(FIELDS) | {fold_name(name) for adapter in ADAPTERS for name in adapter.columns}


def read_feed(path: Path, *, as_of: date, mapping: Mapping[str, str] | None = None) -> Feed:
    """Reads a file of any kind; `as_of` is the day it speaks of. `Invalid` names the file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(path.name, error.strerror or str(error)) from error
    return read_content(path.name, content, as_of=as_of, mapping=mapping)


def read_content(name: str, content: bytes, *, as_of: date, mapping: Mapping[str, str] | None = None) -> Feed:
    """As `read_feed`, of a file that is in memory. `mapping`, column by field, corrects what is
    found: given, the file is read as any list, whatever adapter knows it."""
    return feed_of(name, table_of(name, content), as_of=as_of, mapping=mapping)


def table_of(name: str, content: bytes) -> Table:
    try:
        table = read_table(content, known=headers())
    except ValueError as error:
        raise unreadable(name, str(error)) from error
    if not table.records:
        raise unreadable(name, "there is no row in it")
    return table


def feed_of(name: str, table: Table, *, as_of: date, mapping: Mapping[str, str] | None = None) -> Feed:
    adapter, used = adapter_of(name, table, mapping)
    results = [result(adapter, number, values, as_of) for number, values in table.records]
    rejected = tuple(each for each in results if isinstance(each, LeftOut))
    numbers = {each.number for each in rejected}
    return Feed(
        name=adapter.feed,
        rows=tuple(each for each in results if isinstance(each, PostingRow)),
        rejected=rejected,
        mapping=used,
        unused=tuple(column for column in table.columns if used and column not in used.values()),
        mentioned=frozenset(texts_of(values for number, values in table.records if number in numbers)),
    )


def adapter_of(name: str, table: Table, said: Mapping[str, str] | None) -> tuple[Adapter, Mapping[str, str]]:
    """The adapter that knows the columns, else one for any list; `said` asks for the latter."""
    adapter = None if said else adapter_for(columns(islice(table.records, SAMPLE)))
    if adapter:
        return adapter, guessed(table.columns) if adapter.maps_headers else {}
    try:
        mapping = chosen_columns(table.columns, FIELDS, said, required=REQUIRED)
    except Invalid as invalid:
        raise Invalid(invalid.code, f"{name}: {invalid.sentence}", field=invalid.field) from None
    return generic(mapping), mapping


def columns(records: Iterable[Raw]) -> Iterator[frozenset[str]]:
    return (frozenset(values) for _, values in records if isinstance(values, Mapping))


def result(
    adapter: Adapter, number: int, values: Mapping[str, object] | BadRecord, as_of: date
) -> PostingRow | LeftOut:
    if isinstance(values, BadRecord):
        return values.at(number)
    try:
        return fitting(without_long_locations(adapter.read(Record(number, values, as_of))))
    except BadRecord as bad:
        return bad.at(number)


def fitting(row: PostingRow) -> PostingRow:
    for name, limit in LIMITS.items():
        if (got := len(getattr(row, name) or "")) > limit:
            raise BadRecord("too_long", field=name, got=got, wanted=limit)
    return row


def without_long_locations(row: PostingRow) -> PostingRow:
    """A location too long for a name is many of them run together: it is kept whole in the description."""
    long = [text for text in row.locations if any(len(name) > NAME_LIMIT for name in cities_in(text))]
    if not long:
        return row
    text = labelled(("", row.description), *(("Locations", each) for each in long))
    short = tuple(each for each in row.locations if each not in long)
    return replace(row, locations=short, description=text)


def texts_of(records: Iterable[Mapping[str, object] | BadRecord]) -> Iterator[str]:
    for values in records:
        if isinstance(values, Mapping):
            yield from (str(cell).strip() for cell in values.values() if isinstance(cell, str | int))


def unreadable(name: str, why: str) -> Invalid:
    return Invalid("unreadable_file", f"{name} cannot be read: {why}.", field="file")
