"""The problem documents that tests expect, by whole equality."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any


def problem(status: int, code: str, detail: str, **more: Any) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail, **more}


def invalid(pointer: str, code: str, detail: str) -> dict[str, Any]:
    """A 400 about one place of the request."""
    error = {"pointer": pointer, "code": code, "detail": detail}
    return problem(400, "invalid", "Invalid input.", errors=[error])
