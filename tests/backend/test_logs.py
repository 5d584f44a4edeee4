"""The log: one JSON object a line, without the data of people."""

import json
import logging
import sys

from backend.logs import JsonLines

DETAIL = "duplicate key value\nDETAIL:  Key (email)=(ann@example.org) already exists."


def logged(message: str, error: ValueError | None = None) -> dict[str, str]:
    try:
        if error:
            raise error
        info = None
    except ValueError:
        info = sys.exc_info()
    record = logging.LogRecord("ats", logging.ERROR, "file.py", 1, message, (), info)
    line: dict[str, str] = json.loads(JsonLines().format(record))
    return line


def test_a_line_says_when_where_and_what() -> None:
    line = logged("two\nlines")
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "error", "logger": "ats", "message": "two\nlines"}


def test_an_error_is_told_with_its_place_and_without_the_row_it_quotes() -> None:
    told = logged("failed", ValueError(DETAIL))["error"]
    assert told.startswith("ValueError: duplicate key value (")
    assert f"{__file__}:" in told
    assert "ann@example.org" not in told
