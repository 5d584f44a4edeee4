"""Runs a few processes as one: all of them serve, or none is left.

One that has served and then ends is started again.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10.0  # seconds for a process to finish what it is at
LOOK_EVERY = 0.1  # seconds
SERVED = 10.0  # seconds: who lived as long has served, and may be started again


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
    commands: dict[str, Sequence[str]] = field(default_factory=dict)
    started_at: dict[str, float] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str]) -> None:
        self.commands[name], self.started_at[name] = command, time.monotonic()
        self.children[name] = subprocess.Popen(
            command, cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def check(self) -> None:
        """Raises Died if any process has ended."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise Died(f"the {name} ended by itself (exit code {child.returncode})")

    def restart(self) -> list[str]:
        """Starts again what has served and ended; the names. Raises Died for what ended at once."""
        ended = [name for name, child in self.children.items() if child.poll() is not None]
        for name in ended:
            if time.monotonic() - self.started_at[name] < SERVED:
                self.check()
            self.start(name, self.commands[name])
        return ended

    def watch(self, tend: Callable[[], None], say: Callable[[str], None]) -> None:
        """Returns never: raises Died, or Stopped from a signal. `tend` is called all the time."""
        while True:
            tend()
            for name in self.restart():
                say(f"The {name} had ended and was started again.")
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
