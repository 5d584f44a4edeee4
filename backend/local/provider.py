"""Fills in what the environment does not name."""

import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

import environ

from backend.local import postgres, valkey
from backend.local.folder import ROOT, data_folder
from backend.local.lease import Lease


def provide(*, durable: bool = True) -> None:
    """Sets DATABASE_URL, CELERY_BROKER_URL and SECRET_KEY in the environment where unset.

    Private servers run as long as any process that called this does. Children get the URLs by
    the environment and need no call of their own. `durable=False` makes PostgreSQL faster, and
    any crash fatal to its data: for tests. Raises `Unavailable`.
    """
    environ.Env.read_env(ROOT / ".env")
    missing = [name for name in SOURCES if not os.environ.get(name)]
    if not missing:
        return
    folder = data_folder()
    lease = Lease(folder)
    with lease.alone():
        lease.take(leave=partial(stop, folder))
        for name in missing:
            os.environ[name] = SOURCES[name](folder, durable)


def keep_serving() -> None:
    """Starts the private Valkey again if it has died: what it had accepted is in its append-only file."""
    folder = data_folder()
    if os.environ["CELERY_BROKER_URL"] == valkey.url(folder) and not valkey.is_serving(folder):
        valkey.start(folder)


def stop(folder: Path) -> None:
    valkey.stop(folder)
    postgres.stop(folder)


def secret_key(folder: Path) -> str:
    """A key of this data folder's own, made once and readable by nobody else."""
    file = folder / "secret_key"
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(64))
    return file.read_text()


SOURCES: dict[str, Callable[[Path, bool], str]] = {
    "SECRET_KEY": lambda folder, _: secret_key(folder),
    "DATABASE_URL": lambda folder, durable: postgres.start(folder, durable=durable),
    "CELERY_BROKER_URL": lambda folder, _: valkey.start(folder),
}
