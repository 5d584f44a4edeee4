"""What an adapter makes of one record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["internship", "graduate", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRow:
    """One posting as a feed states it, its texts whole.

    `number` is what a person sees in the file: the row of a spreadsheet, the line of a CSV or
    Markdown file, the position in a JSON list counted from 1. `external_id` names the posting within
    its feed and campaign; "" where the feed gives no id, and one is found for it (`identities`).
    `employer` is "" in an employer's file of its jobs. `locations` are as the feed writes them.
    `published_roughly` marks a date worked out from an age such as "8d": it drifts from reading to
    reading and does not mean that anything changed. `head_count` is None where it is not limited.
    """

    number: int
    title: str
    title_zh: str = ""
    external_id: str = ""
    employer: str = ""
    kind: Kind = ""
    programme: str = ""
    description: str = ""
    requirements: str = ""
    category: str = ""
    locations: tuple[str, ...] = ()
    url: str = ""
    pay: str = ""
    graduation: str = ""
    head_count: int | None = None
    published_at: datetime | None = None
    published_roughly: bool = False
    is_open: bool = True
    is_visible: bool = True

    @property
    def is_live(self) -> bool:
        """Whether a candidate could apply to it."""
        return self.is_open and self.is_visible
