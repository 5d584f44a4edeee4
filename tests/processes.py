"""Real processes for tests: started, waited for, and stopped whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def site_environment() -> dict[str, str]:
    """Our environment, with the database that this worker's tests run on."""
    name = connection.settings_dict["NAME"]
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return os.environ | {"DATABASE_URL": database}


@contextmanager
def running(command: Sequence[str], *, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command as a child in a process group of its own; all of the group is gone after."""
    with log.open("wb") as output:
        child = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield child
    finally:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


@contextmanager
def serving_site(log: Path, *, env: dict[str, str]) -> Iterator[str]:
    """The address of the real site (granian), which answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = python("-m", "granian", "--interface", "wsgi", "--port", port, "backend.wsgi:application")
    address = f"http://127.0.0.1:{port}"
    with running(command, env=env, log=log):
        wait_for(lambda: answers(f"{address}/livez"))
        yield address


def answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.TransportError:
        return False


def wait_for(condition: Callable[[], object], *, seconds: float = 180) -> None:
    """Returns once the condition holds; AssertionError when it does not within the time."""
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, f"not within {seconds} s: {condition}"
        time.sleep(0.05)
