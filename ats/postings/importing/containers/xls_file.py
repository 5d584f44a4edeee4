"""The first sheet of an Excel 97 file; records have their row numbers, the header is row 1."""

from __future__ import annotations

from collections.abc import Iterator

import xlrd

from ats.postings.importing.containers.table import Raw, tabulate


def matches(content: bytes) -> bool:
    return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def records(content: bytes) -> Iterator[Raw]:
    try:
        sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, IndexError) as error:
        raise ValueError("the sheet is damaged") from error
    return tabulate((index + 1, sheet.row_values(index)) for index in range(sheet.nrows))
