"""JSON: a list of objects, one inside an envelope such as `{"jobs": […]}`, or an object a line.

Records are counted from 1; those of JSON Lines have the number of their line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from ats.common.tables.headers import Raw, Sheet, known_names
from ats.common.tables.outcomes import BadRecord

DEPTH = 4  # how deep in an envelope a list of records may stand


def matches(text: str) -> bool:
    return text.lstrip()[:1] in ("[", "{")


def sheets(text: str, known: AbstractSet[str]) -> list[Sheet]:
    """The records as a sheet; its columns in the order in which they appear. ValueError: no JSON."""
    try:
        records = list(records_of(text, known))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    names = dict.fromkeys(name for _, values in records if isinstance(values, Mapping) for name in values)
    return [Sheet("", 0, tuple(names), tuple(records), known_names(names, known))]


def records_of(text: str, known: AbstractSet[str]) -> Iterable[Raw]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        if not is_json_lines(text):
            raise ValueError(f"it is no JSON from line {error.lineno} on: {error.msg}") from error
        return lines(text)
    return ((number, record(item)) for number, item in enumerate(listed(found, known), 1))


def is_json_lines(text: str) -> bool:
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        return isinstance(json.loads(first), dict)
    except json.JSONDecodeError:
        return False


def lines(text: str) -> Iterator[Raw]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, record(json.loads(line))
            except json.JSONDecodeError as error:
                yield number, BadRecord("bad_json", why=error.msg)


def listed(found: object, known: AbstractSet[str]) -> list[object]:
    """The list of records: the document itself, the longest list of objects in it, or it alone."""
    if isinstance(found, list):
        return found
    lists = list(lists_in(found, DEPTH))
    is_record = isinstance(found, dict) and known_names(found, known) > 1
    return [found] if is_record or not lists else max(lists, key=len)


def lists_in(value: object, depth: int) -> Iterator[list[object]]:
    if isinstance(value, dict) and depth:
        for item in value.values():
            if isinstance(item, list) and any(isinstance(each, dict) for each in item):
                yield item
            yield from lists_in(item, depth - 1)


def record(item: object) -> dict[str, object] | BadRecord:
    if isinstance(item, dict):
        return item
    return BadRecord("wrong_type", field="The record", got=type(item).__name__, wanted="an object")
