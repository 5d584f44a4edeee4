"""A real RabbitMQ with the settings of ours, and a real worker, killed too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from django.db import connection, transaction

from ats.common.pinned_plans import lock_and_pin
from ats.delivery import claiming
from ats.models import Delivery
from backend import broker
from tests.processes import python, running, site_environment, wait_for
from tests.rabbitmq import RabbitMQ, is_installed, rabbitmq

pytestmark = pytest.mark.skipif(not is_installed(), reason="no RabbitMQ on this machine")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitMQ]:
    with rabbitmq(tmp_path_factory.mktemp("rabbitmq")) as server:
        yield server


@pytest.fixture
def env(server: RabbitMQ, transactional_db: None, mailbox_folder: Path) -> dict[str, str]:
    """A site on this broker, which has no cache."""
    here = site_environment()
    cache = broker.cache_beside(here["CELERY_BROKER_URL"])
    return here | {"CELERY_BROKER_URL": server.url, "CACHE_URL": cache}


@contextmanager
def claiming_is_blocked() -> Iterator[None]:
    """No worker gets past its first statement in this block."""
    with transaction.atomic(), connection.cursor() as cursor:
        lock_and_pin(cursor, claiming.CLAIMING)
        yield


def wake(env: dict[str, str], tmp_path: Path) -> None:
    """Queue a mail in another process, whose settings know this broker."""
    code = "import django; django.setup(); from ats.people.login import request_code; "
    code += "request_code(email='somebody@example.com', language='en')"
    with running(
        python("-c", code), env=env | {"DJANGO_SETTINGS_MODULE": "backend.settings"}, log=tmp_path / "wake"
    ) as child:
        assert child.wait(60) == 0, (tmp_path / "wake").read_text()


def messages(server: RabbitMQ, kind: str = "messages") -> dict[str, str]:
    """How many of a kind each queue holds."""
    rows = server.ask("list_queues", "name", kind, "--no-table-headers").splitlines()
    return dict(row.split("\t") for row in rows if row)


def test_a_message_waits_in_a_quorum_queue_and_survives_the_death_of_its_worker(
    server: RabbitMQ, env: dict[str, str], tmp_path: Path
) -> None:
    wake(env, tmp_path)
    wait_for(lambda: messages(server).get("intake") == "1")
    kinds = server.ask("list_queues", "name", "type", "durable", "--no-table-headers").splitlines()
    worker = python("-m", "celery", "-A", "backend", "worker", "-c", "1", "-l", "WARNING")

    with running(worker, env=env, log=tmp_path / "worker") as parent:
        with claiming_is_blocked():
            wait_for(lambda: messages(server, "messages_unacknowledged")["intake"] == "1")
            [child] = psutil.Process(parent.pid).children()
            child.kill()
            wait_for(lambda: child.pid not in [one.pid for one in psutil.Process(parent.pid).children()])
            claimed = Delivery.objects.values_list("state", flat=True).get()
        wait_for(lambda: messages(server)["intake"] == "0")

    assert kinds == ["intake\tquorum\ttrue"]
    assert (claimed, Delivery.objects.values_list("state", flat=True).get()) == ("due", "sent")
