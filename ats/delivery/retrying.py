"""When a failed delivery is tried again: the schedule that Standard Webhooks recommends, jittered."""

from __future__ import annotations

import random
from datetime import timedelta

WAITS = [
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
]
ATTEMPTS = len(WAITS) + 1
LONGEST = timedelta(hours=24)  # whatever a receiver asks for
JITTER = 0.5


def wait_after(attempts: int, *, at_least: timedelta = timedelta(0)) -> timedelta:
    """How long to wait after that many tries: the schedule's step, more or less by half."""
    step = WAITS[attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  (no secret)
    return max(step, min(at_least, LONGEST))
