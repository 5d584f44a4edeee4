"""The sheets of an Excel workbook; records have their row numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils import range_boundaries

from ats.common.tables.headers import Sheet, of_workbook
from ats.common.tables.merged import Range, fill_down

MOST_UNPACKED = 400_000_000  # bytes: a small archive may contain a mountain of zeros
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


def matches(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def sheets(content: bytes, known: AbstractSet[str]) -> list[Sheet]:
    try:
        require_bounded(content)
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [of_workbook(rows_of(sheet), known=known, name=sheet.title) for sheet in workbook.worksheets]
    except (BadZipFile, KeyError, IndexError, SyntaxError, TypeError, AttributeError, EOFError) as error:
        raise ValueError("the workbook is damaged") from error


def require_bounded(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise ValueError("the workbook is larger than it may be when unpacked")


def rows_of(sheet: Any) -> Iterable[Sequence[object]]:
    sheet.reset_dimensions()  # some writers state a wrong size, and rows beyond it would be lost
    rows = ([None if cell in ERRORS else cell for cell in row] for row in sheet.iter_rows(values_only=True))
    ranges = list(merged_ranges(sheet))
    return fill_down(rows, ranges) if ranges else rows


def merged_ranges(sheet: Any) -> Iterator[Range]:
    """The reader that goes row by row leaves them out, so they are read from the sheet's XML."""
    with sheet._get_source() as source:
        for match in MERGED.finditer(source.read()):
            left, top, _right, bottom = range_boundaries(match[1].decode())
            if left and top and bottom:
                yield top - 1, bottom - 1, left - 1
