from __future__ import annotations

from typing import Any

import pytest

from ats.outbox import wakeup
from ats.outbox.wakeup import DebouncedTask
from tests.processes import wait_for


def test_who_rings_at_once_is_heard_at_once_and_once_more_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(wakeup, "_send", lambda task, words: sent.append((task, words)))
    bell = DebouncedTask("ats.tasks.drain", "email")

    for _ in range(100):
        bell.request()
    heard_at_once = list(sent)
    wait_for(lambda: len(sent) > 1)

    assert heard_at_once == [("ats.tasks.drain", ("email",))]
    assert sent == heard_at_once * 2
