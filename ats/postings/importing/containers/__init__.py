"""The kinds of file that records come in, told apart by content: a name may lie, bytes do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ats.postings.importing.containers import (
    csv_file,
    json_file,
    markdown_file,
    xls_file,
    xlsx_file,
)
from ats.postings.importing.containers.table import Raw


@dataclass(frozen=True, slots=True)
class Container:
    """`records` gives (number, values by column or a `BadRecord`); ValueError: not readable."""

    label: str
    matches: Callable[[bytes], bool]
    records: Callable[[bytes], Iterable[Raw]]


# In this order: whatever is text and none of the others is taken for CSV.
CONTAINERS = (
    Container("Excel workbook", xlsx_file.matches, xlsx_file.records),
    Container("Excel 97 sheet", xls_file.matches, xls_file.records),
    Container("JSON list", json_file.matches, json_file.records),
    Container("Markdown table", markdown_file.matches, markdown_file.records),
    Container("CSV table", csv_file.matches, csv_file.records),
)


def container_of(content: bytes) -> Container:
    return next(container for container in CONTAINERS if container.matches(content))
