"""One HTTP POST to a stranger: to the address that was judged, within bounded time, reading no body."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPException
from threading import Event, Timer
from typing import NamedTuple

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from ats.delivery.channels.webhook.addresses import Target
from ats.delivery.outcomes import TransientFailure

TIMEOUT = 5.0  # seconds for connecting, and for each wait
TOTAL = 10.0  # seconds for all of it, however slowly a receiver drips
USER_AGENT = "Intake-Webhooks/1"


class Answer(NamedTuple):
    """A receiver's status code and its Retry-After, "" without one."""

    status: int
    retry_after: str


def post(target: Target, body: bytes, headers: dict[str, str]) -> Answer:
    """Post `body` as JSON. Redirects are not followed. Raises TransientFailure."""
    connection = _connection(target)
    try:
        with _at_most(TOTAL, connection):
            connection.request("POST", target.path, body, _headers(target) | headers, preload_content=False)
            response = connection.getresponse()
            return Answer(response.status, response.headers.get("Retry-After", ""))
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise TransientFailure(_reason(error)) from error
    finally:
        connection.close()


@contextmanager
def _at_most(seconds: float, connection: HTTPConnection) -> Iterator[None]:
    """Cuts the connection after that long; then TimeoutError, even if half an answer was read."""
    late = Event()

    def cut() -> None:
        late.set()
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if late.is_set():
            raise TimeoutError


def _connection(target: Target) -> HTTPConnection:
    """To the pinned address; the certificate must still be the host's."""
    if target.scheme == "http":
        return HTTPConnection(target.address, target.port, timeout=TIMEOUT)
    return HTTPSConnection(
        target.address,
        target.port,
        timeout=TIMEOUT,
        ssl_context=_tls(),
        server_hostname=target.host,
        assert_hostname=target.host,
    )


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _headers(target: Target) -> dict[str, str]:
    usual = {"https": 443, "http": 80}[target.scheme]
    host = f"[{target.host}]" if ":" in target.host else target.host
    return {
        "Host": host if target.port == usual else f"{host}:{target.port}",
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Connection": "close",
    }


def _reason(error: Exception) -> str:
    """The kind of failure, without addresses or what the receiver said."""
    return f"no proper answer ({type(error.__cause__ or error).__name__})"
