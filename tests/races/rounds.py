"""Real threads on real connections, which start at the same instant, again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection

from ats.common.errors import Refused

Act = Callable[[], str]


class Racers:
    """As many threads as a race has sides, each with a connection that lasts for all rounds."""

    def __init__(self, sides: int) -> None:
        self._start = Barrier(sides)
        self._pool = ThreadPoolExecutor(sides, initializer=connection.ensure_connection)

    def race(self, *acts: Act) -> list[str]:
        """What each came to, in the order given: its own word, or the code of its refusal."""
        return list(self._pool.map(self._run, acts))

    def _run(self, act: Act) -> str:
        self._start.wait(timeout=60)
        try:
            return act()
        except Refused as refused:
            return refused.code

    def end(self) -> None:
        list(self._pool.map(self._hang_up, range(self._start.parties)))
        self._pool.shutdown()

    def _hang_up(self, _number: int) -> None:
        self._start.wait(timeout=60)
        connection.close()


@contextmanager
def racers(sides: int) -> Iterator[Racers]:
    them = Racers(sides)
    try:
        yield them
    finally:
        them.end()


def tally(outcomes: Sequence[Sequence[str]]) -> dict[tuple[str, ...], int]:
    """How often each combination occurred, the two sides in alphabetical order."""
    counts: dict[tuple[str, ...], int] = {}
    for outcome in outcomes:
        key = tuple(sorted(outcome))
        counts[key] = counts.get(key, 0) + 1
    return counts
