"""`manage.py run`: the whole site from an empty database to the last process gone."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import psycopg
import pytest

from tests.processes import ROOT, python, running, wait_for


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The URL of a database of this test's own, on the tests' server."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"{server.path.strip('/')}_run"
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        yield server._replace(path=f"/{name}").geturl()
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_it_serves_the_demo_until_it_is_stopped_and_leaves_nothing(
    empty_database: str, tmp_path: Path
) -> None:
    port = free_port()
    env = os.environ | {
        "DATABASE_URL": empty_database,
        "DATA_DIR": str(tmp_path / "data"),
        "PORT": str(port),
    }
    log = tmp_path / "run.log"
    with running(python("manage.py", "run"), env=env, log=log) as site:
        wait_for(lambda: "Ctrl-C stops everything." in log.read_text(), seconds=90)
        answer = httpx.get(f"http://127.0.0.1:{port}/readyz")
        assert answer.json() == {"database": "ok", "migrations": "ok", "broker": "ok"}
        assert httpx.get(f"http://127.0.0.1:{port}/api/v1/public/postings/").json()["results"]
        processes = psutil.Process(site.pid).children(recursive=True)
        site.send_signal(signal.SIGINT)
        assert site.wait(30) == 0
        assert psutil.wait_procs(processes, timeout=60)[1] == []
    assert log.read_text().endswith("Stopped.\n")


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            python("manage.py", "run"),
            cwd=ROOT,
            env=os.environ | {"PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Port {port} cannot be used (Address already in use): "
        "choose another, as in `make run PORT=8001`.\n"
    )
