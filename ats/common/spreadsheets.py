"""Text in cells that spreadsheets neither compute nor round, and back again.

A spreadsheet takes `=1+1` and `+1-415-555-2671` for formulas, and rounds a number after its fifteenth
digit. An apostrophe before such a text keeps it a text. `unescape_cell` takes away exactly what
`escape_cell` has added, so what we export is unchanged when we import it.
"""

from __future__ import annotations

import re

MARK = "'"
# A formula begins so, in full-width forms as well; a number loses leading zeros and late digits.
COMPUTED = re.compile(r"[=@+\-\t\r\n＝＠＋－]|0\d+\Z|\d{12,}\Z")


def escape_cell(text: str) -> str:
    """`text` as a cell that every spreadsheet shows as it is."""
    return MARK + text if _is_computed(text) else text


def unescape_cell(cell: str) -> str:
    """The text whose cell this is."""
    return cell[1:] if cell.startswith(MARK) and _is_computed(cell[1:]) else cell


def _is_computed(text: str) -> bool:
    """Whether a spreadsheet would compute it, also under marks of its own."""
    return COMPUTED.match(text.lstrip(MARK).lstrip(" ")) is not None
