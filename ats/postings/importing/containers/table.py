"""A header and rows of cells, wherever they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ats.postings.importing.rows import BadRecord
from ats.postings.importing.text import one_line

Raw = tuple[int, Mapping[str, object] | BadRecord]


def tabulate(rows: Iterable[tuple[int, Sequence[object]]]) -> Iterator[Raw]:
    """Numbered rows under the first that is not blank, the header. Blank rows are no records."""
    filled = (row for row in rows if any(cell not in (None, "") for cell in row[1]))
    _, header = next(filled, (0, ()))
    names = [one_line(str(cell)) for cell in header]
    for number, cells in filled:
        yield number, named(names, cells)


def named(names: Sequence[str], cells: Sequence[object]) -> dict[str, object] | BadRecord:
    if len(cells) != len(names):
        return BadRecord("wrong_shape", got=len(cells), wanted=len(names))
    return dict(zip(names, cells, strict=True))
