"""The feeds that can be read. For a new one, write a sibling and add it to `ADAPTERS`."""

from __future__ import annotations

from collections.abc import Iterable, Set

from ats.postings.importing.adapters import (
    campus_workbook,
    employer_csv,
    markdown_table,
    roles,
    shixiseng,
    simplify,
)
from ats.postings.importing.adapters.adapter import Adapter

# The first whose columns are all there reads the file, so one that asks for more stands first.
ADAPTERS: tuple[Adapter, ...] = (
    simplify.WITH_TERMS,
    simplify.WITH_SEASON,
    simplify.GRADUATES,
    roles.ADAPTER,
    campus_workbook.ADAPTER,
    shixiseng.ADAPTER,
    employer_csv.ADAPTER,
    markdown_table.ADAPTER,
)


def adapter_for(columns: Iterable[Set[str]]) -> Adapter | None:
    """The adapter that knows one of these sets of column names."""
    samples = list(columns)
    return next(
        (adapter for adapter in ADAPTERS if any(adapter.columns <= names for names in samples)),
        None,
    )
