"""Who is using the private servers: the first one starts them, the last one stops them.

Every user holds a shared lock on one file. The kernel drops the locks of a killed process, so
nobody is ever counted who is gone.
"""

import atexit
import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Lease:
    """A use of the servers over one data folder, until this process ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = os.getpid()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else starts or stops the servers meanwhile."""
        with (self.folder / "starting.lock").open("ab") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            yield

    def take(self, *, leave: Callable[[], None]) -> None:
        """Counts this process as a user; call it `alone`. The last user to end calls `leave`."""
        users = (self.folder / "users.lock").open("ab")
        fcntl.flock(users, fcntl.LOCK_SH)
        atexit.register(self.give_back, users, leave)

    def give_back(self, users: IO[bytes], leave: Callable[[], None]) -> None:
        # A forked child shares the lock and runs our exit handlers: it must not end our lease.
        if os.getpid() != self.process:
            return
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave servers
        with self.alone(), users:
            if nobody_else(users):
                leave()


def nobody_else(users: IO[bytes]) -> bool:
    """Whether our lock is the only one left."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
