"""Pipe tables of a Markdown file, each with a header; a record is named by its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from ats.common.tables.headers import Raw, Sheet, known_names, named, without_ditto
from ats.common.tables.text import one_line

RULE = re.compile(r"^\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?$", re.MULTILINE)
BAR = re.compile(r"(?<!\\)\|")


def matches(text: str) -> bool:
    return any("|" in match[0] for match in RULE.finditer(text))


def sheets(text: str, known: AbstractSet[str]) -> list[Sheet]:
    """All tables as one sheet: they are parts of one list."""
    records = tuple(without_ditto(records_of(text)))
    names = dict.fromkeys(name for _, values in records if isinstance(values, dict) for name in values)
    return [Sheet("", 0, tuple(names), records, known_names(names, known))]


def records_of(text: str) -> Iterator[Raw]:
    names: list[str] = []
    above = ""
    for number, line in enumerate(text.splitlines(), 1):
        if "|" not in line:
            names = []
        elif RULE.match(line):
            names = cells_of(above)
        elif names:
            yield number, named(names, cells_of(line))
        above = line


def cells_of(line: str) -> list[str]:
    inside = line.strip().removeprefix("|").removesuffix("|")
    return [one_line(cell.replace(r"\|", "|")) for cell in BAR.split(inside)]
