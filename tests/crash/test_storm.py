"""A dozen kills and more, with each broker; `make crash` makes two hundred."""

from __future__ import annotations

import subprocess

import pytest

from tests.processes import ROOT, python
from tests.rabbitmq import is_installed

NEEDS_RABBITMQ = pytest.mark.skipif(not is_installed(), reason="no RabbitMQ on this machine")


@pytest.mark.parametrize(
    "broker",
    [pytest.param([], id="valkey"), pytest.param(["--rabbitmq"], marks=NEEDS_RABBITMQ, id="rabbitmq")],
)
def test_nothing_is_lost_over_a_dozen_kills(broker: list[str]) -> None:
    storm = python("-m", "tests.crash", "16", "--seed", "1", *broker)

    done = subprocess.run(storm, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)

    assert (done.returncode, "; lost 0, " in done.stdout, "wrong" in done.stdout) == (0, True, False), done
