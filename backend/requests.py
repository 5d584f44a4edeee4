"""Middleware: every request has an id and leaves one line in the log, without anybody's data.

The id is the client's `X-Request-Id` where it is usable, else a new one. It is answered in the same
header, and stands in every line that is logged meanwhile.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-Id"
USABLE = re.compile(r"[A-Za-z0-9._-]{1,128}", re.ASCII)
QUIET = frozenset({"livez", "readyz", "backlogz"})  # asked every few seconds

request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger(__name__)


class RequestLog:
    """The outermost middleware, so that its line is about what the client got."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        given = request.headers.get(HEADER, "")
        name = given if USABLE.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(name)
        try:
            response = self.get_response(request)
            milliseconds = round((time.perf_counter() - began) * 1000, 1)
            response[HEADER] = name
            response["Server-Timing"] = f"app;dur={milliseconds}"
            _log(request, response, milliseconds)
            return response
        finally:
            request_id.reset(token)


def _log(request: HttpRequest, response: HttpResponse, milliseconds: float) -> None:
    """`path` is the route's pattern: an address may name a person, a pattern cannot."""
    match = request.resolver_match
    if match and match.url_name in QUIET:
        return
    account = getattr(request, "account_id", None)
    fields = {
        "method": request.method,
        "path": match.route if match else None,
        "status": response.status_code,
        "ms": milliseconds,
        "actor": account,
    }
    level = logging.ERROR if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO
    logger.log(level, "request", extra={"fields": fields})
