"""Which column of a table is which field: found by its header, or as a person has said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ats.common.errors import Invalid
from ats.common.reference import reference
from ats.common.tables.headers import fold_name

SHOWN = 30  # columns in a sentence


def headers_of(fields: str) -> dict[str, tuple[str, ...]]:
    """The folded headers of each field, in the order in which they are tried; `fields` is a list of
    `fixtures/`, such as "posting_columns"."""
    return {field: tuple(dict.fromkeys(map(fold_name, names))) for field, names in reference(fields).items()}


def known_headers(fields: str) -> frozenset[str]:
    return frozenset(name for names in headers_of(fields).values() for name in names)


def guess_columns(columns: Iterable[str], fields: str) -> dict[str, str]:
    """The column of each field whose header is known. A column is used for one field only."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(fold_name(column), column)
    found: dict[str, str] = {}
    for field, names in headers_of(fields).items():
        column = next((by_name[name] for name in names if name in by_name), "")
        if column and column not in found.values():
            found[field] = column
    return found


def chosen_columns(
    columns: Sequence[str], fields: str, said: Mapping[str, str] | None, *, required: Sequence[str]
) -> dict[str, str]:
    """What is guessed, corrected by what a person said: column by field, "" for no column.

    Raises Invalid("unknown_field"), Invalid("unknown_column") or Invalid("missing_column"); each
    sentence names what there is.
    """
    known = headers_of(fields)
    said = said or {}
    for field, column in said.items():
        if field not in known:
            raise Invalid(
                "unknown_field",
                f"There is no field {field!r}; there are: {', '.join(known)}.",
                field="mapping",
            )
        if column and column not in columns:
            raise Invalid(
                "unknown_column",
                f"The file has no column {column!r}; it has: {shown(columns)}.",
                field="mapping",
            )
    taken = set(said.values())
    guessed = guess_columns([column for column in columns if column not in taken], fields)
    mapping = {field: column for field, column in (guessed | dict(said)).items() if column}
    for field in required:
        if field not in mapping:
            raise missing_column(field, columns, fields)
    return mapping


def missing_column(field: str, columns: Sequence[str], fields: str) -> Invalid:
    names = reference(fields)[field]
    usual = ", ".join([*[n for n in names if n.isascii()][:3], *[n for n in names if not n.isascii()][:3]])
    sentence = (
        f"There is no column for the {field}. The file has: {shown(columns)}. "
        f"Usual headers are: {usual}; or name the column in the mapping."
    )
    return Invalid("missing_column", sentence, field="mapping")


def shown(columns: Sequence[str]) -> str:
    listed = ", ".join(repr(column[:40]) for column in columns[:SHOWN])
    return (listed or "no columns") + (", …" if len(columns) > SHOWN else "")
