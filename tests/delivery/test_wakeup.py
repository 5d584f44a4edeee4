from __future__ import annotations

from typing import Any

import pytest

from ats.outbox import wakeup
from ats.outbox.wakeup import DebouncedTask
from tests.processes import wait_for


def test_the_first_request_is_sent_at_once_and_one_more_for_all_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(wakeup, "_send", lambda name, arguments: sent.append((name, arguments)))
    task = DebouncedTask("ats.tasks.drain", "email")

    for _ in range(100):
        task.request()
    at_once = list(sent)
    wait_for(lambda: len(sent) > 1)

    assert at_once == [("ats.tasks.drain", ("email",))]
    assert sent == at_once * 2
