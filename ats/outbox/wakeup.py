"""Waking a worker after commit. A lost message costs a second: the sweep finds every due row."""

from __future__ import annotations

import logging
from functools import cache
from threading import Lock, Timer
from time import monotonic

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

PAUSE = 0.01  # seconds
RESUMES, IMPORTS = "resumes", "imports"
TASKS = {RESUMES: "ats.tasks.read_resumes", IMPORTS: "ats.tasks.run_imports"}

logger = logging.getLogger(__name__)


def wake_worker(*names: str) -> None:
    """Ask for the work behind each name once the transaction has committed; never delays or fails a request.

    A name is that of a channel, or one of TASKS. However often a transaction asks, it asks once.
    """
    pending = {waiting[1] for waiting in connection.run_on_commit}
    for name in names:
        request = task_of(name).request
        if request not in pending:
            transaction.on_commit(request, robust=True)


def _send(task: str, arguments: tuple[str, ...]) -> None:
    try:
        current_app.send_task(task, arguments, retry=False)
    except OperationalError:
        logger.warning("the broker does not answer; the sweep will do it")


class DebouncedTask:
    """Asks for a task: at once, and for all requests within `PAUSE` of that once more at its end.

    At a deadline hundreds ask in a second, and one message wakes a worker as well as many do.
    """

    def __init__(self, task: str, *arguments: str) -> None:
        self._message = (task, arguments)
        self._lock = Lock()
        self._is_waiting = False
        self._sent_at = -PAUSE

    def request(self) -> None:
        with self._lock:
            if self._is_waiting:
                return
            self._is_waiting = True
            wait = self._sent_at + PAUSE - monotonic()
        if wait > 0:
            self._send_later(wait)
        else:
            self._send_now()

    def _send_later(self, wait: float) -> None:
        timer = Timer(wait, self._send_now)
        timer.daemon = True
        timer.start()

    def _send_now(self) -> None:
        with self._lock:
            self._is_waiting, self._sent_at = False, monotonic()
        _send(*self._message)


@cache
def task_of(name: str) -> DebouncedTask:
    """The one task of this process that is asked for by a name."""
    return DebouncedTask(TASKS[name]) if name in TASKS else DebouncedTask("ats.tasks.drain", name)
