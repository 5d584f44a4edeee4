"""Finding the header of a sheet, and records under it, wherever they come from."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from ats.common.tables.outcomes import BadRecord
from ats.common.tables.text import one_line

Raw = tuple[int, Mapping[str, object] | BadRecord]
Rows = Iterable[tuple[int, Sequence[object]]]

# Stand for the cell above, as a company does for its second job.
DITTO = frozenset({"↳", "⤷", "〃", "同上"})
ABOVE = 30  # filled rows that are searched for the header
ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Numbered rows under their header. `score` counts the columns with a known name."""

    name: str
    header_row: int
    columns: tuple[str, ...]
    records: tuple[Raw, ...]
    score: int


def fold_name(name: str) -> str:
    """How a column is looked up: "Job Title*", "job_title" and "Job title (required)" are the same."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return NOT_WORD.sub("", ASIDE.sub("", text)) or NOT_WORD.sub("", text)


def of_workbook(rows: Iterable[Sequence[object]], *, known: AbstractSet[str], name: str) -> Sheet:
    """The sheet of a workbook. Rows end at their last cell there, and remarks stand beside the table:
    each row is as wide as the widest, and a column without a name is "column 8"."""
    cells = [list(row) for row in rows]
    width = max((last_filled(row) for row in cells), default=0)
    wide = [[*row[:width], *[None] * (width - len(row))] for row in cells]
    return under_header(enumerate(wide, 1), known=known, name=name, keep_nameless=True)


def last_filled(row: Sequence[object]) -> int:
    return next((at for at in range(len(row), 0, -1) if row[at - 1] not in (None, "")), 0)


def under_header(
    rows: Rows, *, known: AbstractSet[str], name: str = "", keep_nameless: bool = False
) -> Sheet:
    """The sheet of these rows. Blank rows and repetitions of the header are no records.

    1. Of the first filled rows the one with the most known names is the header; title rows above
       it are skipped.
    2. Where no name is known, the first row of at least two cells is taken for it.
    3. A row that says what the header says is a header again, as in sheets pasted together.
    """
    filled = (row for row in rows if any(cell not in (None, "") for cell in row[1]))
    top = list(islice(filled, ABOVE))
    at = header_index([cells for _, cells in top], known)
    header_row, header = top[at] if top else (0, ())
    columns = unique_names(header, keep_nameless=keep_nameless)
    records = without_ditto(
        (number, named(columns, cells))
        for number, cells in (*top[at + 1 :], *filled)
        if not repeats_header(columns, cells, known)
    )
    score = known_names(header, known)
    return Sheet(name, header_row, tuple(filter(None, columns)), tuple(records), score)


def header_index(rows: Sequence[Sequence[object]], known: AbstractSet[str]) -> int:
    scores = [known_names(cells, known) for cells in rows]
    if any(scores):
        return scores.index(max(scores))
    return next((n for n, cells in enumerate(rows) if sum(cell not in (None, "") for cell in cells) > 1), 0)


def known_names(cells: Iterable[object], known: AbstractSet[str]) -> int:
    return len({fold_name(str(cell)) for cell in cells if cell not in (None, "")} & known)


def unique_names(header: Sequence[object], *, keep_nameless: bool) -> list[str]:
    """A name for each column; of equal ones the second is "name (2)", of none "column 3". Those without
    a name at the end are dropped unless they are to be kept: there they are trailing separators."""
    seen = Counter[str]()
    names = []
    for at, cell in enumerate(header, 1):
        name = one_line(str(cell)) if cell is not None else ""
        name = name or f"column {at}"
        seen[name] += 1
        names.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    while not keep_nameless and names and names[-1] == f"column {len(names)}":
        names.pop()
    return names


def repeats_header(columns: Sequence[str], cells: Sequence[object], known: AbstractSet[str]) -> bool:
    same = [
        column for column, cell in zip(columns, cells, strict=False) if cell and column == one_line(str(cell))
    ]
    return len(same) > 1 or (len(same) == 1 and fold_name(same[0]) in known)


def named(names: Sequence[str], cells: Sequence[object]) -> dict[str, object] | BadRecord:
    """Cells by column: a short row is filled up, blank cells beyond the last column are dropped."""
    width = len(names)
    if any(cell not in (None, "") for cell in cells[width:]):
        return BadRecord("wrong_shape", got=len(cells), wanted=width)
    padded = (*cells[:width], *[None] * (width - len(cells)))
    return dict(zip(names, padded, strict=True))


def without_ditto(records: Iterable[Raw]) -> Iterator[Raw]:
    """Records in which a ditto mark has given way to what it stands for."""
    above: Mapping[str, object] = {}
    for number, values in records:
        if isinstance(values, dict):
            for name, cell in values.items():
                if isinstance(cell, str) and cell.strip(" *") in DITTO:
                    values[name] = above.get(name)
            above = values
        yield number, values
