"""Celery's beat, on a clock that may be set back."""

from __future__ import annotations

from typing import Any

from celery.beat import PersistentScheduler


class Scheduler(PersistentScheduler):
    """Plans anew when its last runs lie in the future, instead of waiting until the clock is there again."""

    def tick(self, *args: Any, **named: Any) -> float:
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if (entry.last_run_at or now) > now]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            self._heap = None
        return super().tick(*args, **named)
