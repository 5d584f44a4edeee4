"""Probes: what they answer when all is well, and when a part is missing."""

import httpx
import pytest
from celery import Celery
from django.test import Client

from backend import health


def test_a_process_that_answers_is_alive(client: Client) -> None:
    answer = client.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_a_site_with_all_its_parts_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": "ok", "migrations": "ok", "broker": "ok"},
    )


def test_the_real_site_is_ready(live_site: str) -> None:
    assert httpx.get(f"{live_site}/readyz").json() == {
        "database": "ok",
        "migrations": "ok",
        "broker": "ok",
    }


@pytest.mark.django_db
def test_a_site_without_its_broker_is_not_ready_and_says_which_part(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")  # Celery reads it before all else
    monkeypatch.setattr(health, "app", Celery())

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["broker"]) == (503, "unreachable")
