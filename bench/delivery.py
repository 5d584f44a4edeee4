"""How quickly deliveries leave: `python -m bench.delivery`.

Drained in batches against one Celery task for each, from commit to sending, and receivers that take
0.2 s. All of a comparison runs in one go, with the same two worker processes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.measure import prepare

NOTICES = 20_000
SINGLY = 2_000  # as many as show the rate of one task each
HOOKS = 2_000
ENDPOINTS = 8
APPLICATIONS = 50
SLOW = 0.2  # seconds that a receiver takes
SAMPLES = 50
IDLE = 0.3  # seconds between two commits on a site where nothing else happens
STEADY = 0.02
NULL = "null"


def main() -> None:
    os.environ["WEBHOOK_TO_LOOPBACK"] = "true"
    prepare("intake_bench_delivery")
    empty()
    with workers():
        drained = rate(NOTICES, notices, lambda: wake("ats.tasks.drain", NULL))
        print(f"{NOTICES} notices to a null channel, two workers: ", end="")
        print(f"drained in batches {drained:,.0f}/s, ", end="", flush=True)
        singly = rate(SINGLY, notices, lambda: one_task_each("bench.send_one"))
        print(f"one task each {singly:,.0f}/s: {drained / singly:.1f} times")
        print(f"commit to sent, median of {SAMPLES}: idle {latency(IDLE):.1f} ms, ", end="", flush=True)
        print(f"fifty a second {latency(STEADY):.1f} ms", flush=True)
    hooks()


def empty() -> None:
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


@contextmanager
def workers() -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "bench.delivery_worker", "--quiet", "worker"]
    child = subprocess.Popen([*command, "-c", "2", "-l", "ERROR"], start_new_session=True)
    from bench.delivery_worker import app

    try:
        while not app.control.ping(timeout=0.5):
            assert child.poll() is None
        yield
    finally:
        child.terminate()
        child.wait()


def notices(count: int) -> None:
    """That many due rows to as many recipients, in one statement."""
    from django.db import connection

    from tests.factories import an_organisation

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE ats_delivery, ats_event CASCADE")
        cursor.execute(
            """WITH recorded AS (
                INSERT INTO ats_event (organisation_id, type, data)
                SELECT %s, 'application.moved', '{}' FROM generate_series(1, %s) RETURNING id)
            INSERT INTO ats_delivery (event_id, recipient, channel)
            SELECT id, 'candidate:' || id, 'null' FROM recorded""",
            [an_organisation().pk, count],
        )


def rate(count: int, fill: Callable[[int], None], start: Callable[[], None]) -> float:
    """Deliveries a second, from the start until all are sent."""
    fill(count)
    begun = time.perf_counter()
    start()
    while due():
        time.sleep(0.01)
    return count / (time.perf_counter() - begun)


def due() -> bool:
    from ats.models import Delivery

    return Delivery.objects.filter(state="due").exists()


def wake(task: str, *arguments: Any) -> None:
    """One message for each worker process."""
    from bench.delivery_worker import app

    for _ in range(2):
        app.send_task(task, arguments)


def one_task_each(task: str) -> None:
    from ats.models import Delivery
    from bench.delivery_worker import app

    with app.producer_pool.acquire() as producer:
        for pk in Delivery.objects.values_list("pk", flat=True):
            app.send_task(task, [pk], producer=producer)


def latency(pause: float) -> float:
    """The median of milliseconds from a commit until its notice is sent and settled, at that pace."""
    return statistics.median(commit_to_sent(pause) for _ in range(SAMPLES))


def commit_to_sent(pause: float) -> float:
    from django.db import transaction
    from django.db.models.functions import Now

    from ats.models import Delivery, LoginCode
    from ats.outbox.wakeup import wake_worker
    from ats.people.login import CODE_LIFE

    time.sleep(pause)
    with transaction.atomic():
        code = LoginCode.objects.create(email="a@example.com", expires_at=Now() + CODE_LIFE)
        row = Delivery.objects.create(login_code=code, recipient=f"login:{code.pk}", channel=NULL)
        wake_worker(NULL)
        begun = time.perf_counter()  # what follows is the commit, and the ring behind it
    while Delivery.objects.filter(pk=row.pk, state="due").exists():
        time.sleep(0.001)
    return (time.perf_counter() - begun) * 1000


def hooks() -> None:
    """Webhooks to receivers that take 0.2 s: from the pool of one drain, and one after the other."""
    from ats.delivery import sending
    from ats.delivery.channels import sender_of
    from ats.models import Channel

    with receivers() as url:
        queue_hooks(url, HOOKS)
        begun = time.perf_counter()
        assert sending.drain(Channel.WEBHOOK) == HOOKS
        pooled = HOOKS / (time.perf_counter() - begun)
        queue_hooks(url, 20)
        sender_of(Channel.WEBHOOK).max_in_flight = 1
        begun = time.perf_counter()
        assert sending.drain(Channel.WEBHOOK) == 20
        singly = 20 / (time.perf_counter() - begun)
    print(f"webhooks to receivers that take {SLOW} s: from the pool {pooled:.0f}/s, ", end="")
    print(f"one at a time {singly:.1f}/s: {pooled / singly:.0f} times")


@contextmanager
def receivers() -> Iterator[str]:
    """One that takes 0.2 s, in a process of its own: it must not share ours."""
    code = f"""
import sys, time
from tests.receivers import after, receiving
with receiving(after({SLOW})) as receiver:
    print(receiver.url, flush=True)
    sys.stdin.read()
"""
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    assert child.stdin
    try:
        yield child.stdout.readline().strip()
    finally:
        child.stdin.close()
        child.wait()


def queue_hooks(url: str, count: int) -> None:
    from django.db import connection

    from ats.models import Endpoint
    from tests.factories import a_posting, an_application, an_organisation

    empty()
    organisation = an_organisation()
    posting = a_posting(organisation)
    applications = [an_application(posting).pk for _ in range(APPLICATIONS)]
    for _ in range(ENDPOINTS):
        Endpoint.objects.create(organisation=organisation, url=url)
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH recorded AS (
                INSERT INTO ats_event (organisation_id, type, data)
                SELECT %(o)s, 'application.moved', '{}' FROM generate_series(1, %(n)s) RETURNING id)
            INSERT INTO ats_delivery (organisation_id, event_id, recipient, channel, application_id)
            SELECT %(o)s, id, 'endpoint:' || (SELECT min(id) + recorded.id %% %(e)s FROM ats_endpoint),
                'webhook', (%(a)s::bigint[])[1 + recorded.id / %(e)s %% cardinality(%(a)s::bigint[])]
            FROM recorded""",
            {"o": organisation.pk, "n": count, "e": ENDPOINTS, "a": applications},
        )


if __name__ == "__main__":
    main()
