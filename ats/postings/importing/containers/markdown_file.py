"""Pipe tables of a Markdown file, each with its own header; a record is named by its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ats.postings.importing.containers.table import Raw, named
from ats.postings.importing.text import one_line

RULE = re.compile(r"^\s*\|(\s*:?-+:?\s*\|)+\s*$", re.MULTILINE)
BAR = re.compile(r"(?<!\\)\|")


def matches(content: bytes) -> bool:
    return RULE.search(content.decode("utf-8", errors="replace")) is not None


def records(content: bytes) -> Iterator[Raw]:
    names: list[str] = []
    above = ""
    for number, line in enumerate(content.decode("utf-8-sig").splitlines(), 1):
        if not line.lstrip().startswith("|"):
            names = []
        elif RULE.match(line):
            names = cells_of(above)
        elif names:
            yield number, named(names, cells_of(line))
        above = line


def cells_of(line: str) -> list[str]:
    inside = line.strip().removeprefix("|").removesuffix("|")
    return [one_line(cell.replace(r"\|", "|")) for cell in BAR.split(inside)]
