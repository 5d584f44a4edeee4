"""A webhook receiver for tests: a real HTTP server on loopback, polite or not."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """`behave` writes the answer; `received` holds (headers, body) of every request, in order."""

    behave: Callable[[BaseHTTPRequestHandler], None]
    url: str = ""
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.received]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no news."""


@contextmanager
def receiving(
    behave: Callable[[BaseHTTPRequestHandler], None], *, tls: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    receiver = Receiver(behave)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.received.append(({k.lower(): v for k, v in self.headers.items()}, body))
            with suppress(OSError):
                receiver.behave(self)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(status: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answers with a status and headers; underscores in names stand for hyphens."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return behave


def after(seconds: float, status: int = 204) -> Callable[[BaseHTTPRequestHandler], None]:
    """Takes its time."""

    def behave(request: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        answer(status)(request)

    return behave


def drip(request: BaseHTTPRequestHandler) -> None:
    """A header without end, a byte at a time."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(600):
        request.wfile.write(b"a")
        time.sleep(0.1)


def reset(request: BaseHTTPRequestHandler) -> None:
    """Cuts the line."""
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    request.connection.close()


def lie(request: BaseHTTPRequestHandler) -> None:
    """Speaks something that is not HTTP."""
    request.wfile.write(b"\x00\xffHELO\r\n\r\n")


def endless(request: BaseHTTPRequestHandler) -> None:
    """200, and a body of ten gigabytes."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
    for _ in range(10_000):
        request.wfile.write(b"x" * 1_000_000)
