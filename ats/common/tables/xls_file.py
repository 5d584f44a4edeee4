"""The sheets of an Excel 97 file; records have their row numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import xlrd

from ats.common.tables.headers import Sheet, of_workbook
from ats.common.tables.merged import fill_down


def matches(content: bytes) -> bool:
    return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def sheets(content: bytes, known: AbstractSet[str]) -> list[Sheet]:
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True)
        return [of_workbook(rows_of(book, sheet), known=known, name=sheet.name) for sheet in book.sheets()]
    except (
        *(xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, IndexError),
        *(NotImplementedError, UnicodeDecodeError),
    ) as error:
        raise ValueError("the sheet is damaged") from error


def rows_of(book: Any, sheet: Any) -> Iterable[Sequence[object]]:
    rows = [[value_of(book, cell) for cell in sheet.row(index)] for index in range(sheet.nrows)]
    ranges = [(top, bottom - 1, left) for top, bottom, left, _right in sheet.merged_cells]
    return fill_down(rows, ranges)


def value_of(book: Any, cell: Any) -> object:
    """Dates as dates, and an error such as #N/A as nothing."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (xlrd.xldate.XLDateError, ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return None
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value
