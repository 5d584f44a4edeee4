"""The schedule, when the clock is set back while it runs or while it does not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from backend.celery import app
from backend.schedule import Scheduler


@pytest.mark.parametrize("is_running", [True, False])
def test_the_next_sweep_is_soon_though_the_last_lies_in_the_future(
    tmp_path: Path, *, is_running: bool
) -> None:
    assert app.conf.beat_scheduler == "backend.schedule:Scheduler"
    scheduler = Scheduler(app=app, schedule_filename=str(tmp_path / "beat"))
    for entry in scheduler.schedule.values():
        entry.last_run_at = app.now() + timedelta(hours=1)
    if is_running:
        scheduler.populate_heap()

    seconds = scheduler.tick()

    scheduler.close()
    assert 0 < seconds <= 1
