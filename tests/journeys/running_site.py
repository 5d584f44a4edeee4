"""The site as `make run` starts it: its own PostgreSQL and Valkey, its demo season, and its mailbox."""

from __future__ import annotations

import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.processes import python, running, wait_for

READY = "Ctrl-C stops everything."
GIVEN_BY_MAKE = ("PATH", "HOME", "LANG", "TMPDIR")  # of a test's environment, what has nothing to do with it


@contextmanager
def made_run() -> Iterator[str]:
    """The address of a site of our own, of which nothing is left afterwards."""
    data = Path(tempfile.mkdtemp(prefix="intake-"))  # PostgreSQL's socket needs a short path
    port = str(_free_port())
    env = {name: os.environ[name] for name in GIVEN_BY_MAKE if name in os.environ}
    env |= {"DATA_DIR": str(data / "data"), "PORT": port}
    log = data / "run.log"
    try:
        with running(python("manage.py", "run"), env=env, log=log) as site:
            wait_for(lambda: site.poll() is not None or READY in log.read_text("utf-8"), seconds=180)
            assert site.poll() is None, log.read_text("utf-8")
            yield f"http://127.0.0.1:{port}"
    finally:
        shutil.rmtree(data, ignore_errors=True)


def code_for(site: str, email: str) -> str:
    """The digits of the latest code that was sent to an address."""
    found: list[str] = []

    def has_arrived() -> bool:
        letters = httpx.get(f"{site}/mailbox/messages.json", params={"to": email}).json()["messages"]
        found.extend(re.findall(r"\d{6}", " ".join(letter["subject"] for letter in letters)))
        return bool(found)

    wait_for(has_arrived)
    return found[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
