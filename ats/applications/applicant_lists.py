"""Lists of applicants in files that others wrote: read by their headers, imported a batch at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ats.applications.importing import Imported, Person, import_applicants
from ats.common.degrees import degree_named
from ats.common.errors import Invalid
from ats.common.spreadsheets import unescape_cell
from ats.common.tables import Table, read_table
from ats.common.tables.columns import chosen_columns, known_headers
from ats.common.tables.dates import span_of
from ats.common.tables.outcomes import BadRecord, LeftOut
from ats.common.tables.text import fold, one_line
from ats.models import Application, Candidate, Education, Membership, Posting

FIELDS = "applicant_columns"  # the list of headers in `fixtures/`
REQUIRED = ("name",)
BATCH = 500  # people a transaction

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
LANGUAGES = {"en": ("en", "english", "英文", "英语"), "zh-hans": ("zh", "zh-hans", "chinese", "中文", "汉语")}
LIMITS = {
    **{
        name: getattr(Candidate._meta.get_field(name), "max_length", 0) for name in ("name", "email", "phone")
    },
    "institution": getattr(Education._meta.get_field("institution_name"), "max_length", 0),
    "major": getattr(Education._meta.get_field("major"), "max_length", 0),
    "source": getattr(Application._meta.get_field("source"), "max_length", 0),
}


class Listed(NamedTuple):
    """A person with the number of the row, as a reader of the file counts."""

    number: int
    person: Person


@dataclass(frozen=True, slots=True)
class ApplicantList:
    """The rows of a file: people, and what cannot be one. `mapping` is the column of each field."""

    people: tuple[Listed, ...]
    rejected: tuple[LeftOut, ...]
    mapping: Mapping[str, str]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicantReport:
    """Counts of rows: read = done + already_applied + rejected."""

    file: str
    read: int
    done: int
    already_applied: int
    rejected: tuple[LeftOut, ...]
    mapping: Mapping[str, str]
    unused: tuple[str, ...]


@cache
def headers() -> frozenset[str]:
    return known_headers(FIELDS)


def table_of(name: str, content: bytes) -> Table:
    """The records of a file. Raises Invalid("unreadable_file")."""
    try:
        table = read_table(content, known=headers())
    except ValueError as error:
        raise Invalid("unreadable_file", f"{name} cannot be read: {error}.", field="file") from error
    if not table.records:
        raise Invalid("unreadable_file", f"{name} cannot be read: there is no row in it.", field="file")
    return table


def read_applicants(name: str, content: bytes, *, mapping: Mapping[str, str] | None = None) -> ApplicantList:
    """Reads a list of any kind; each bad row is left out alone. Raises Invalid where the file cannot be
    read or has no column of names."""
    return people_of(table_of(name, content), mapping)


def people_of(table: Table, mapping: Mapping[str, str] | None = None) -> ApplicantList:
    chosen = chosen_columns(table.columns, FIELDS, mapping, required=REQUIRED)
    results = [listed(number, values, chosen) for number, values in table.records]
    return ApplicantList(
        people=tuple(each for each in results if isinstance(each, Listed)),
        rejected=tuple(each for each in results if isinstance(each, LeftOut)),
        mapping=chosen,
        unused=tuple(column for column in table.columns if column not in chosen.values()),
    )


def listed(
    number: int, values: Mapping[str, object] | BadRecord, mapping: Mapping[str, str]
) -> Listed | LeftOut:
    if isinstance(values, BadRecord):
        return values.at(number)
    try:
        return Listed(number, person_of(values, mapping))
    except BadRecord as bad:
        return bad.at(number)


def person_of(values: Mapping[str, object], mapping: Mapping[str, str]) -> Person:
    """The fields that the row has. Raises BadRecord; no sentence repeats what is personal."""
    person: dict[str, object] = {}
    for field, column in mapping.items():
        text = cell_text(values.get(column))
        if text and len(text) > LIMITS.get(field, len(text)):
            raise BadRecord("too_long", field=column, got=len(text), wanted=LIMITS[field])
        if text:
            person[field] = READERS[field](text, column) if field in READERS else text
    if not person.get("name"):
        raise BadRecord("missing", field=mapping["name"])
    return {field: value for field, value in person.items() if value is not None}


def cell_text(value: object) -> str:
    """One line, as it was before a spreadsheet was kept from computing it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return one_line(unescape_cell(str(value))) if value is not None else ""


def email(text: str, column: str) -> str:
    if not EMAIL.fullmatch(text):
        raise BadRecord("bad_email", field=column)
    return text


def degree(text: str, column: str) -> int | None:
    level = degree_named(text)
    if level is None:
        raise BadRecord("bad_choice", field=column, value=text, wanted="the known degrees")
    return level


def graduation(text: str, column: str) -> object:
    try:
        return span_of(text.removesuffix(" 00:00:00"))
    except (ValueError, KeyError, OverflowError):
        raise BadRecord("bad_month", field=column, value=text) from None


def language(text: str, column: str) -> str:
    code = next((code for code, words in LANGUAGES.items() if fold(text) in words), None)
    if code is None:
        raise BadRecord("bad_choice", field=column, value=text, wanted="English or Chinese")
    return code


READERS: dict[str, Callable[[str, str], object]] = {
    "email": email,
    "degree": degree,
    "graduation": graduation,
    "language": language,
}


def import_list(
    name: str,
    content: bytes,
    *,
    by: Membership,
    posting: Posting,
    source: str = "",
    language: str = "",
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> ApplicantReport:
    """Import a list into a posting, a batch at a time; `source` and `language` are for rows that say none.

    Raises Invalid for the file, Conflict("posting_closed") for the posting.
    """
    found = read_applicants(name, content, mapping=mapping)
    done = 0
    for batch in batches(found.people):
        done += import_batch(batch, by=by, posting=posting, source=source, language=language, dry_run=dry_run)
    return ApplicantReport(
        file=name,
        read=len(found.people) + len(found.rejected),
        done=done,
        already_applied=len(found.people) - done,
        rejected=found.rejected,
        mapping=found.mapping,
        unused=found.unused,
    )


def batches(people: Sequence[Listed], *, start: int = 0) -> Iterator[Sequence[Listed]]:
    return (people[at : at + BATCH] for at in range(start, len(people), BATCH))


def import_batch(
    batch: Sequence[Listed],
    *,
    by: Membership,
    posting: Posting,
    source: str,
    language: str,
    dry_run: bool = False,
) -> int:
    """How many applications were made. People of one source are imported together."""
    people = [{"language": language, "source": source, **each.person} for each in batch]
    sources = dict.fromkeys(person["source"] for person in people)
    rows = [
        row
        for each in sources
        for row in import_applicants(
            by=by,
            posting=posting,
            people=[person for person in people if person["source"] == each],
            source=str(each),
            dry_run=dry_run,
        )
    ]
    return sum(row.result is Imported.DONE for row in rows)
