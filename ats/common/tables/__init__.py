"""Files of records that others wrote: workbooks, CSV, JSON, Markdown, recognised by content.

bytes -> text in its encoding -> sheets with their header -> records by column
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ats.common.tables import csv_file, json_file, markdown_file, xls_file, xlsx_file
from ats.common.tables.decoding import decode
from ats.common.tables.headers import Raw, Sheet

SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The records of a file, and how they were found: `encoding`, `separator` and `sheets` are "" and
    () where the kind of file has none. `header_row` is 0 where each record names its columns."""

    kind: str
    columns: tuple[str, ...]
    records: tuple[Raw, ...]
    header_row: int = 0
    encoding: str = ""
    separator: str = ""
    sheets: tuple[str, ...] = ()


def read_table(content: bytes, *, known: AbstractSet[str]) -> Table:
    """Reads a file of any kind. `known` are folded names of columns (`fold_name`), by which the
    header is found. Raises ValueError with the reason, such as the line of an unclosed quote."""
    for label, matches, sheets in WORKBOOKS:
        if matches(content):
            return workbook(label, sheets, content, known)
    text, encoding = decode(content)
    if json_file.matches(text):
        return labelled("JSON", lambda: of_sheets("JSON", json_file.sheets(text, known), encoding=encoding))
    if markdown_file.matches(text):
        return of_sheets("Markdown table", markdown_file.sheets(text, known), encoding=encoding)
    found, separator = csv_file.sheets(text, known)
    table = of_sheets("CSV table", found, encoding=encoding)
    return replace(table, separator=SEPARATOR_NAMES.get(separator, separator))


WORKBOOKS: tuple[tuple[str, Callable[[bytes], bool], Callable[..., list[Sheet]]], ...] = (
    ("Excel workbook", xlsx_file.matches, xlsx_file.sheets),
    ("Excel 97 sheet", xls_file.matches, xls_file.sheets),
)


def workbook(
    label: str, sheets: Callable[..., list[Sheet]], content: bytes, known: AbstractSet[str]
) -> Table:
    return labelled(label, lambda: of_sheets(label, sheets(content, known)))


def labelled(label: str, read: Callable[[], Table]) -> Table:
    try:
        return read()
    except ValueError as error:
        raise ValueError(f"{error} ({label})") from error


def of_sheets(kind: str, sheets: list[Sheet], *, encoding: str = "") -> Table:
    """The sheet with the most known columns, and those after it with the very same columns.

    Row numbers of a second sheet go on where the first ends, so that each names one record.
    """
    filled = [sheet for sheet in sheets if sheet.records] or sheets[:1]
    if not filled:
        return Table(kind=kind, columns=(), records=(), encoding=encoding)
    best = max(filled, key=lambda sheet: sheet.score)
    same = [sheet for sheet in filled if sheet.score and sheet.columns == best.columns] or [best]
    records, last = list[Raw](), 0
    for sheet in same:
        records += [(number + last, values) for number, values in sheet.records]
        last = records[-1][0] if records else 0
    return Table(
        kind=kind,
        columns=best.columns,
        records=tuple(records),
        header_row=best.header_row,
        encoding=encoding,
        sheets=tuple(sheet.name for sheet in same if sheet.name),
    )
