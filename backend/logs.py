"""One JSON object per log line, so that any collector can read it."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from backend.requests import request_id


class JsonLines(logging.Formatter):
    """Formats a record as `{"time", "level", "logger", "message"[, "request_id"][, "error"]}`.

    What a caller gives as `extra={"fields": {...}}` becomes members of their own.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if name := request_id.get():
            line["request_id"] = name
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = " <- ".join(causes(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def causes(error: BaseException | None) -> list[str]:
    """The error and what caused it, each as `Type: first line (file:line in function < ...)`.

    Only the first line of a message is kept: the DETAIL that PostgreSQL adds below it quotes
    the row, which is personal data.
    """
    found = []
    while error is not None:
        first_line = next(iter(str(error).splitlines()), "")
        frames = reversed(traceback.extract_tb(error.__traceback__))
        where = " < ".join(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        found.append(f"{type(error).__name__}: {first_line} ({where})")
        error = error.__cause__ or error.__context__
    return found
