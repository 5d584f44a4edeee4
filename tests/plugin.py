"""Loaded by setup.cfg before Django reads its settings: names the servers the tests run on.

Servers in the environment win; otherwise all runs share a private PostgreSQL and Valkey under
`.data/tests`, each run with a number of its own, and each worker of a run with its own databases.
"""

import fcntl
import os
import re
import shutil
from itertools import count
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from backend import local
from backend.local.folder import ROOT, make_private

FOLDER = ROOT / ".data" / "tests"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
# Two Valkey databases (broker, cache) for each worker, and the first two for a run without any.
VALKEY_DATABASES_PER_RUN = 34

# Rate limits that no test meets by accident; a test of a limit sets its own.
RATES = ("PUBLIC", "CODES", "UPLOADS")

_held: list[IO[bytes]] = []  # the lock lasts as long as this process


def run_number() -> int:
    """The lowest number that no other run on these servers holds."""
    for number in count():
        file = (FOLDER / f"run-{number}.lock").open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        _held.append(file)
        return number
    raise AssertionError("unreachable: the numbers never end")


def begin_run() -> None:
    """Once per run: the servers, and databases that no other run touches."""
    make_private(FOLDER)
    number = run_number()
    given = set(os.environ)
    os.environ["DATA_DIR"] = str(FOLDER)
    os.environ["PLAIN_HTTP"] = "true"
    os.environ.update({f"RATE_{scope}": "1000000/min" for scope in RATES})
    local.provide(durable=False)
    if "DATABASE_URL" not in given:
        own = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/intake_{number}")
        os.environ["DATABASE_URL"] = own.geturl()
    if "CELERY_BROKER_URL" not in given:
        use_valkey_database(number * VALKEY_DATABASES_PER_RUN)
    os.environ["MAILBOX_DIR"] = str(FOLDER / f"mail-{number}")


def begin_worker() -> None:
    """Once per worker of pytest-xdist, which inherits the run's environment."""
    use_valkey_database(2 + 2 * int(WORKER.removeprefix("gw")))
    os.environ["MAILBOX_DIR"] += f"-{WORKER}"


def use_valkey_database(offset: int) -> None:
    """Moves CELERY_BROKER_URL that many databases on, if it ends in a database number."""
    if found := re.fullmatch(r"(.+(?:[^/]/|virtual_host=))(\d+)", os.environ["CELERY_BROKER_URL"]):
        os.environ["CELERY_BROKER_URL"] = f"{found[1]}{int(found[2]) + offset}"


if WORKER:
    begin_worker()
else:
    begin_run()
shutil.rmtree(os.environ["MAILBOX_DIR"], ignore_errors=True)
Path(os.environ["MAILBOX_DIR"]).mkdir(mode=0o700)
