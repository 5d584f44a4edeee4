"""Which words tell of what: the organisation's own, else those that ship with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from ats.models import Channel, NoticeTemplate

SHIPPED = Path(__file__).resolve().parent / "templates"


class Wording(NamedTuple):
    """A template. Without `html` the text is shown."""

    subject: str
    text: str
    html: str = ""


def wording(name: str, language: str, *, organisation: int | None = None) -> Wording:
    """The words for an event type (or "login_code"), in a language."""
    own = NoticeTemplate.objects.filter(
        organisation=organisation, type=name, channel=Channel.EMAIL, language=language
    ).first()
    return Wording(own.subject, own.text, own.html) if own else shipped(name, language)


@cache
def shipped(name: str, language: str) -> Wording:
    """A file of ours: the first line is the subject, the rest after a blank line the text."""
    whole = (SHIPPED / language / f"{name}.txt").read_text("utf-8")
    subject, _, text = whole.partition("\n")
    return Wording(subject, text.strip())
