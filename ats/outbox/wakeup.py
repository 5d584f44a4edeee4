"""Waking a worker after commit. A lost ring costs a second: the sweep finds every due row."""

from __future__ import annotations

import logging
from threading import Lock, Timer
from time import monotonic

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from ats.models import Channel

PAUSE = 0.05  # seconds

logger = logging.getLogger(__name__)


def wake_worker(*bells: str) -> None:
    """Ask for the work behind each bell once the transaction has committed; never holds or fails a request.

    However often a transaction rings, each bell rings once. Channels are bells, and so is RESUMES.
    """
    pending = {waiting[1] for waiting in connection.run_on_commit}
    for bell in bells:
        if WAKEUPS[bell].request not in pending:
            transaction.on_commit(WAKEUPS[bell].request, robust=True)


def _send(task: str, words: tuple[str, ...]) -> None:
    try:
        current_app.send_task(task, words, retry=False)
    except OperationalError:
        logger.warning("the broker does not answer; the sweep will do it")


class DebouncedTask:
    """Asks for a task: at once, and for all who ring within `PAUSE` of that once more at its end.

    At a deadline hundreds ring in a second, and one message wakes a worker as well as many do.
    """

    def __init__(self, task: str, *words: str) -> None:
        self._message = (task, words)
        self._lock = Lock()
        self._is_waiting = False
        self._rung_at = -PAUSE

    def request(self) -> None:
        with self._lock:
            if self._is_waiting:
                return
            self._is_waiting = True
            wait = self._rung_at + PAUSE - monotonic()
        if wait > 0:
            self._later(wait)
        else:
            self._ring()

    def _later(self, wait: float) -> None:
        timer = Timer(wait, self._ring)
        timer.daemon = True
        timer.start()

    def _ring(self) -> None:
        with self._lock:
            self._is_waiting, self._rung_at = False, monotonic()
        _send(*self._message)


RESUMES = "resumes"
WAKEUPS = {channel.value: DebouncedTask("ats.tasks.drain", channel.value) for channel in Channel} | {
    RESUMES: DebouncedTask("ats.tasks.read_resumes")
}
