"""Reads the Maildir: each file in `new` is one message."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache
from itertools import islice
from pathlib import Path

SHOWN = 100  # the newest; a page of more is of no use to anybody
HEAD = 4096  # bytes in which the recipient stands
TO = re.compile(rb"^To:(.*(?:\r?\n[ \t].*)*)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as people read it; `text` and `html` are empty where it has no such part."""

    key: str
    sent: datetime
    sender: str
    to: str
    subject: str
    text: str
    html: str


def newest(folder: Path, *, to: str = "") -> list[Mail]:
    """The newest mails first, at most SHOWN, whose recipients contain the words `to`."""
    wanted = to.casefold()
    found = (file for file in by_age(folder) if not wanted or wanted in recipients(file.path).casefold())
    return [read(file) for file in islice(found, SHOWN)]


def find(folder: Path, key: str) -> Mail | None:
    return next((read(file) for file in files(folder) if file.name == key), None)


def by_age(folder: Path) -> Iterator[os.DirEntry[str]]:
    yield from sorted(files(folder), key=lambda file: file.stat().st_mtime_ns, reverse=True)


def files(folder: Path) -> list[os.DirEntry[str]]:
    new = folder / "new"
    return list(os.scandir(new)) if new.exists() else []


@lru_cache(maxsize=200_000)
def recipients(path: str) -> str:
    """The To of a file, without reading the rest: after a bulk move there are tens of thousands.

    A mail never changes, so each is looked at once.
    """
    with Path(path).open("rb") as file:
        found = TO.search(file.read(HEAD))
    return str(make_header(decode_header(found[1].decode("ascii", "replace").strip()))) if found else ""


def read(file: os.DirEntry[str]) -> Mail:
    parsed = message_from_bytes(Path(file.path).read_bytes(), EmailMessage, policy=default)
    return Mail(
        key=file.name,
        sent=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        sender=parsed.get("From", ""),
        to=parsed.get("To", ""),
        subject=parsed.get("Subject", "").strip(),  # folding leaves a space before a long first word
        text=part(parsed, "plain"),
        html=part(parsed, "html"),
    )


def part(parsed: EmailMessage, kind: str) -> str:
    body = parsed.get_body((kind,))
    return body.get_content() if body else ""
