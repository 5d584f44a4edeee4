"""Values behind their names: "姓名：王小明", a table of two columns, a row of names above one of values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from ats.common.reference import reference
from ats.people.resumes.fields.lines import CELL


class Label(StrEnum):
    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    PHONE = "phone"
    SCHOOL = "school"
    DEGREE = "degree"
    GRADUATION = "graduation"
    PERIOD = "period"
    ENROLMENT = "enrolment"
    OTHER = "other"


LABELS = {text: Label(kind) for kind, texts in reference("resume_labels").items() for text in texts}
_LONGEST_FIRST = sorted(LABELS, key=len, reverse=True)
_ANY = "|".join(map(re.escape, _LONGEST_FIRST))
_CJK = "|".join(re.escape(text) for text in _LONGEST_FIRST if text[0] >= "\u3040" and len(text) > 1)
BULLET = re.compile(r"^[•◦◆▪●○■‣*·#\s–-]+")
# A name stands at the begin of a cell or after a blank, never in the middle of a word.
NAMED = re.compile(
    rf"(?:^|(?<=[\s|,;/()（·•、。]))(?:[【\[]\s*)?({_ANY})\s*(?:[】\]]\s*:?|:)\s*", re.IGNORECASE
)
SPACED = re.compile(rf"(?:^|(?<=[\s|]))({_CJK})(?:\s+|$)")
BEFORE = re.compile(rf"(?<![^\W\d_])({_ANY})[^\w+(]{{0,5}}\(?$", re.IGNORECASE)
PAIR = re.compile(r"^[^,]{1,20},[^,]{1,80}$")  # a row of a table that was saved with commas
STARTS_WITH_NAME = re.compile(r"^(?:full name|name)\s+(?=\S)", re.IGNORECASE)


def label_of(text: str) -> Label | None:
    """What a cell names, as a whole."""
    return LABELS.get(BULLET.sub("", text).strip(" :[]【】*").casefold())


def label_before(text: str) -> Label | None:
    """What the end of a text names, such as "… QQ: "."""
    match = BEFORE.search(text)
    return LABELS[match[1].casefold()] if match else None


def labelled(lines: list[str]) -> Iterator[tuple[Label, str]]:
    """Every value that stands behind its name, in the order of the lines; a value is never ""."""
    skipped = -1
    for i, line in enumerate(lines):
        if i == skipped:
            continue
        following = lines[i + 1] if i + 1 < len(lines) else ""
        pairs, takes_next = _pairs(BULLET.sub("", line), following)
        skipped = i + 1 if takes_next else skipped
        yield from ((label, value) for label, value in pairs if value)


def _pairs(line: str, following: str) -> tuple[list[tuple[Label, str]], bool]:
    """The named values of a line, and whether they stand on the following one."""
    cells = line.split(CELL) if CELL in line or not PAIR.match(line) else line.split(",")
    names = [label_of(cell) for cell in cells]
    if all(names) and _is_row_of_values(following, len(cells)):
        values = following.split(CELL)
        return [(name, value) for name, value in zip(names, values, strict=True) if name], True
    if any(names) and len(cells) > 1:
        return list(_from_cells(cells, names)), False
    if match := STARTS_WITH_NAME.match(line):
        return [(Label.NAME, line[match.end() :])], False
    pattern = NAMED if NAMED.search(line) or not SPACED.match(line) else SPACED
    return list(_between(line, list(pattern.finditer(line)))), False


def _is_row_of_values(line: str, count: int) -> bool:
    """Whether a line has a value for each of `count` names above it."""
    cells = line.split(CELL)
    return bool(line) and len(cells) == count and not any(map(label_of, cells)) and not NAMED.match(line)


def _from_cells(cells: list[str], names: list[Label | None]) -> Iterator[tuple[Label, str]]:
    for i, (cell, name) in enumerate(zip(cells, names, strict=True)):
        following = cells[i + 1] if i + 1 < len(cells) and names[i + 1] is None else ""
        if name:
            yield name, following
        elif NAMED.match(cell):
            yield from _between(cell, list(NAMED.finditer(cell)))


def _between(line: str, matches: list[re.Match[str]]) -> Iterator[tuple[Label, str]]:
    """What stands behind each name, up to the next one or the end of the cell."""
    for match, following in pairwise([*matches, None]):
        assert match
        rest = line[match.end() : following.start() if following else len(line)]
        yield LABELS[match[1].casefold()], rest.strip(" |").split(CELL)[0].strip(" ,;、·/")
