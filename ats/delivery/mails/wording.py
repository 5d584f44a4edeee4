"""Which words a mail uses: the organisation's, else those that ship with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

SHIPPED = Path(__file__).resolve().parent / "templates"


class Wording(NamedTuple):
    """A template. Without `html` the text is shown."""

    subject: str
    text: str
    html: str = ""


@cache
def shipped(name: str, language: str) -> Wording:
    """A file of ours: the first line is the subject, the rest after a blank line the text."""
    whole = (SHIPPED / language / f"{name}.txt").read_text("utf-8")
    subject, _, text = whole.partition("\n")
    return Wording(subject, text.strip())
