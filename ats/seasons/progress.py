"""How far along a long step is: each takes a `Progress` and hands it the steps it goes through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from tqdm import tqdm

Step = TypeVar("Step")


class Progress(Protocol):
    """Passes the steps on one by one, and shows that it does."""

    def __call__(self, steps: Iterable[Step], /, *, doing: str) -> Iterable[Step]: ...


def bar(steps: Iterable[Step], /, *, doing: str) -> Iterable[Step]:
    """A progress bar on stderr."""
    return tqdm(steps, desc=f"{doing:<24}")


def quiet(steps: Iterable[Step], /, *, doing: str) -> Iterable[Step]:
    """Shows nothing."""
    del doing
    return steps
