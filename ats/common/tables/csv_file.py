"""Separated values: comma, semicolon, tab or bar. A record is named by its first line."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import islice

from ats.common.tables.headers import Sheet, known_names, under_header

csv.field_size_limit(sys.maxsize)  # a long description is no error

SEPARATORS = (",", ";", "\t", "|")
DECLARED = re.compile(r"sep=(.)\r?\n")
END = "end of file"
SAMPLE = 30  # rows that a separator is tried on


def sheets(text: str, known: AbstractSet[str]) -> tuple[list[Sheet], str]:
    """The one sheet of a text, and its separator. Raises ValueError for a quote that never closes."""
    separator = separator_of(text, known)
    require_closed_quotes(text, separator)
    declared = DECLARED.match(text)
    skipped = 1 if declared else 0
    return [under_header(islice(rows_of(text, separator), skipped, None), known=known)], separator


def separator_of(text: str, known: AbstractSet[str]) -> str:
    """The one that a first line `sep=` declares, else the one that finds the most known columns,
    else the one that cuts most rows into the same number of cells."""
    if declared := DECLARED.match(text):
        return declared[1]
    return max(SEPARATORS, key=lambda separator: fitness(text, separator, known))


def fitness(text: str, separator: str, known: AbstractSet[str]) -> tuple[int, int]:
    rows = [cells for _, cells in islice(rows_of(text, separator), SAMPLE)]
    widths = [len(cells) for cells in rows if len(cells) > 1]
    regular = max((widths.count(width) for width in set(widths)), default=0)
    return max((known_names(cells, known) for cells in rows), default=0), regular


def rows_of(text: str, separator: str, *, strict: bool = False) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    first_line = 1
    for cells in reader:
        yield first_line, cells
        first_line = reader.line_num + 1


def require_closed_quotes(text: str, separator: str) -> None:
    """A quote that never closes swallows what follows: better nothing than half of it.

    1. The strict reader stops at the first record whose quotes are not as they should be.
    2. Odd quotes in its first line: one opens there and does not close.
    3. Even ones ("a "b" c") are borne, unless a quote is open at the end: then a line that is added
       is no record.
    """
    line = 1
    try:
        for first_line, cells in rows_of(text, separator, strict=True):
            line = first_line + 1 + sum(cell.count("\n") for cell in cells)
    except csv.Error:
        *_, (_, last) = rows_of(f"{text}\n{END}", separator)
        at = line_of_quote(text, line)
        if at == line or last != [END]:
            raise ValueError(f"the quote that opens in line {at} is never closed") from None


def line_of_quote(text: str, first_line: int) -> int:
    """The first line from `first_line` on whose quotes are odd: there one opens that stays open."""
    for number, line in enumerate(text.splitlines()[first_line - 1 :], first_line):
        if line.count('"') % 2:
            return number
    return 0
