"""The first sheet of an Excel workbook; records have their row numbers, the header is row 1."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from zipfile import BadZipFile

import openpyxl

from ats.postings.importing.containers.table import Raw, tabulate


def matches(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def records(content: bytes) -> Iterator[Raw]:
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(workbook.worksheets[0].iter_rows(values_only=True))
    except (BadZipFile, KeyError, IndexError, SyntaxError) as error:
        raise ValueError("the workbook is damaged") from error
    return tabulate(enumerate(padded(rows), 1))


def padded(rows: Sequence[tuple[object, ...]]) -> Iterable[tuple[object, ...]]:
    """A row ends at its last filled cell in the file: fill it up to the widest."""
    width = max(map(len, rows), default=0)
    return (row + (None,) * (width - len(row)) for row in rows)
