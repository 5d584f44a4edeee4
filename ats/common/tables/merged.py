"""Merged cells: what is written once for several rows counts for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Range = tuple[int, int, int]  # first row, last row and column, from 0 on


def fill_down(rows: Iterable[Sequence[object]], ranges: Iterable[Range]) -> list[list[object]]:
    """Rows with the value of each merged range in all its rows, in the first of its columns only:
    a title that spans the columns names none of them."""
    filled = [list(row) for row in rows]
    for top, bottom, column in ranges:
        if bottom > top < len(filled) and column < len(filled[top]):
            for row in filled[top + 1 : bottom + 1]:
                row.extend([None] * (column + 1 - len(row)))
                row[column] = filled[top][column]
    return filled
