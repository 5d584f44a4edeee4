"""What the benchmarks share: databases of their own, a server before each, and the median of many."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from backend import local
from backend.local.folder import ROOT, make_private

GIVE_UP = 30  # seconds for a server to listen


def prepare(database: str) -> None:
    """The private servers under `.data/bench` and Django upon `database`, made and up to date."""
    os.environ["DATA_DIR"] = str(make_private_folder())
    os.environ.update(PLAIN_HTTP="true", LOG_LEVEL="ERROR", DJANGO_SETTINGS_MODULE="backend.settings")
    local.provide()
    create(database)
    os.environ["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def make_private_folder() -> str:
    folder = ROOT / ".data" / "bench"
    make_private(folder)
    return str(folder)


def create(database: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not found:
            connection.execute(f'CREATE DATABASE "{database}"')


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(application: str, *, threads: int = 1) -> Iterator[http.client.HTTPConnection]:
    """Granian with one worker before `module:application`; a connection to it that persists."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", str(threads), "--log-level", "error", application]
    child = subprocess.Popen(command, cwd=ROOT)
    try:
        yield connected(port)
    finally:
        child.terminate()
        child.wait()


def connected(port: int) -> http.client.HTTPConnection:
    give_up = time.monotonic() + GIVE_UP
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while True:
        try:
            connection.connect()
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)
        else:
            return connection


def fetched(connection: http.client.HTTPConnection, path: str, **headers: str) -> bytes:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status, body)
    return body


def median_ms(task: Callable[[], object], *, times: int = 150, warm: int = 20) -> float:
    """The median duration of `task` in milliseconds, after a few unmeasured runs."""
    for _ in range(warm):
        task()
    return statistics.median(timed_ms(task) for _ in range(times))


def timed_ms(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return (time.perf_counter() - begun) * 1000
