"""The worker, the schedule and what they say about the backlog."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db.models.functions import Now
from django.test import Client

from ats.delivery import sending
from ats.models import Channel, Delivery
from ats.outbox import wakeup
from ats.people.login import request_code
from tests.processes import wait_for


def test_every_channel_is_swept_each_second(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[object] = []
    monkeypatch.setattr(wakeup, "_send", lambda task, arguments: woken.append((task, *arguments)))
    wakeup.task_of.cache_clear()

    current_app.tasks["ats.tasks.sweep"]()

    assert settings.CELERY_BEAT_SCHEDULE["sweep"]["schedule"] == 1.0
    assert woken == [("ats.tasks.drain", channel.value) for channel in Channel]


def test_a_commit_wakes_the_worker(celery_worker_process: None, mailbox_folder: Path) -> None:
    request_code(email="somebody@example.com", language="en")

    wait_for(lambda: Delivery.objects.filter(state="sent").count() == 1)
    assert len(list((mailbox_folder / "new").iterdir())) == 1


@pytest.mark.django_db
def test_the_backlog_and_its_age_are_told(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    calm = client.get("/backlogz")
    request_code(email="somebody@example.com", language="en")
    Delivery.objects.update(due_at=Now() - timedelta(seconds=90))
    late = client.get("/backlogz")
    call_command("backlog")

    assert (calm.status_code, calm.json()) == (
        200,
        {
            "email": {"due": 0, "oldest_due_seconds": 0, "dead": 0},
            "webhook": {"due": 0, "oldest_due_seconds": 0, "dead": 0},
        },
    )
    assert (late.status_code, late.json()["email"]) == (
        503,
        {"due": 1, "oldest_due_seconds": 90, "dead": 0},
    )
    assert capsys.readouterr().out.splitlines()[1].split() == ["email", "1", "90", "0"]


@pytest.mark.django_db
def test_the_whole_schedule_twice_does_no_more_than_once() -> None:
    request_code(email="somebody@example.com", language="en")
    names = [(entry["task"], entry.get("args", [])) for entry in settings.CELERY_BEAT_SCHEDULE.values()]

    for name, words in names * 2:
        current_app.tasks[name](*words)

    sending.drain()

    assert (len(mail.outbox), Delivery.objects.values_list("state", "attempts").get()) == (1, ("sent", 1))
