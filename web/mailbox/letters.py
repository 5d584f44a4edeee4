"""Reads the Maildir: each file in `new` is one message."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from pathlib import Path

SHOWN = 100  # the newest; a page of more is of no use to anybody


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as people read it; `text` and `html` are empty where it has no such part."""

    key: str
    sent: datetime
    sender: str
    to: str
    subject: str
    text: str
    html: str


def newest(folder: Path, *, to: str = "") -> list[Letter]:
    """The newest letters first, at most SHOWN, whose recipients contain the words `to`."""
    wanted = to.casefold()
    found = (letter for letter in every(folder) if wanted in letter.to.casefold())
    return list(islice(found, SHOWN))


def find(folder: Path, key: str) -> Letter | None:
    return next((read(file) for file in files(folder) if file.name == key), None)


def every(folder: Path) -> Iterator[Letter]:
    by_age = sorted(files(folder), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return (read(file) for file in by_age)


def files(folder: Path) -> list[os.DirEntry[str]]:
    new = folder / "new"
    return list(os.scandir(new)) if new.exists() else []


def read(file: os.DirEntry[str]) -> Letter:
    parsed = message_from_bytes(Path(file.path).read_bytes(), EmailMessage, policy=default)
    return Letter(
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
