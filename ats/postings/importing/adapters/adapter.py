"""What an adapter is: the columns that it is known by and how one record becomes a posting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ats.common.tables.records import Record
from ats.postings.importing.rows import PostingRow


@dataclass(frozen=True, slots=True)
class Adapter:
    """`feed` is stored with a posting and scopes its `external_id`; `read` raises `BadRecord`.

    `maps_headers`: whatever further columns are known by their headers are read as well.
    """

    feed: str
    label: str
    columns: frozenset[str]
    read: Callable[[Record], PostingRow]
    maps_headers: bool = False
