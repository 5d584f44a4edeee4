"""Comma separated values in UTF-8, with or without a BOM; a record is named by its first line."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator

from ats.postings.importing.containers.table import Raw, tabulate

csv.field_size_limit(sys.maxsize)  # a long description is no error


def matches(content: bytes) -> bool:
    return True


def records(content: bytes) -> Iterator[Raw]:
    return tabulate(numbered(content.decode("utf-8-sig")))


def numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    first_line = 1
    for cells in reader:
        yield first_line, cells
        first_line = reader.line_num + 1
