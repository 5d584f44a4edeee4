"""A JSON list of objects, counted from 1; an object alone counts as a list of one."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ats.postings.importing.containers.table import Raw
from ats.postings.importing.rows import BadRecord


def matches(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")


def records(content: bytes) -> Iterator[Raw]:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    for number, item in enumerate(found if isinstance(found, list) else [found], 1):
        yield number, item if isinstance(item, dict) else not_an_object(item)


def not_an_object(item: object) -> BadRecord:
    return BadRecord("wrong_type", field="The record", got=type(item).__name__, wanted="an object")
