"""What an adapter makes of one record, and what becomes of a record that it can not use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["internship", "graduate", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRow:
    """One posting as a feed states it, its texts whole.

    `number` is what a person sees in the file: the row of a spreadsheet, the line of a CSV or
    Markdown file, the place in a JSON list counted from 1. `external_id` names the posting within
    its feed. `employer` is "" in an employer's own file. `published_roughly` marks a date worked
    out from an age such as "8d": it drifts from reading to reading and says nothing has changed.
    """

    number: int
    external_id: str
    title: str
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
    published_at: datetime | None = None
    published_roughly: bool = False
    is_open: bool = True
    is_visible: bool = True

    @property
    def is_live(self) -> bool:
        """Whether a candidate could apply to it."""
        return self.is_open and self.is_visible


REASONS = {
    "missing": "{field} is empty.",
    "wrong_type": "{field} is {got}, {wanted} was expected.",
    "wrong_shape": "The row has {got} cells under {wanted} columns.",
    "bad_date": "{field} is no date: {value!r}.",
    "bad_url": "{field} is no web address: {value!r}.",
    "too_long": "{field} has {got} characters, at most {wanted} fit.",
    "same_id_other_job": (
        "The id {id!r} stands on two jobs: {other} in row {of} was kept, {title} left out."
    ),
    "same_id": "Row {of} has the same id: {id!r}.",
    "same_url": "Row {of} has the same address: {url}",
    "same_description": "Row {of} has the same employer, title, programme and locations.",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that became no posting of its own: its number, a code of `REASONS`, a sentence."""

    number: int
    code: str
    sentence: str

    @classmethod
    def because(cls, number: int, code: str, **facts: object) -> LeftOut:
        return cls(number, code, REASONS[code].format(**facts))


class BadRecord(Exception):
    """A record that can not become a posting; `code` and `facts` fill a sentence of `REASONS`."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def at(self, number: int) -> LeftOut:
        return LeftOut.because(number, self.code, **self.facts)
