"""Runs a few processes as one: all of them serve, or none is left."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10.0  # seconds for a process to finish what it is at
LOOK_EVERY = 0.1  # seconds


class Stopped(Exception):
    """Somebody pressed Ctrl-C, closed the terminal or sent a signal."""


class Died(Exception):
    """A process ended by itself; the message says which and how."""


@dataclass
class Supervisor:
    """The processes by name; each leads a process group, which Ctrl-C does not reach."""

    folder: Path
    env: Mapping[str, str]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str]) -> None:
        self.children[name] = subprocess.Popen(
            command, cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def check(self) -> None:
        """Raises Died if any process has ended."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise Died(f"the {name} ended by itself (exit code {child.returncode})")

    def watch(self) -> None:
        """Returns never: raises Died, or Stopped from a signal."""
        while True:
            self.check()
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Asks every process to end, waits, and kills what is left of their groups."""
        for child in self.children.values():
            child.terminate()
        give_up = time.monotonic() + PATIENCE
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, give_up - time.monotonic()))
        for child in self.children.values():
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


@contextmanager
def supervised(folder: Path, env: Mapping[str, str]) -> Iterator[Supervisor]:
    """A supervisor whose processes are gone when the block is left, however it is left."""
    supervisor = Supervisor(folder, env)
    for number in STOP_SIGNALS:
        signal.signal(number, raise_stopped)
    try:
        yield supervisor
    finally:
        for number in STOP_SIGNALS:  # a second Ctrl-C must not leave processes behind
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()


def raise_stopped(number: int, _: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)
