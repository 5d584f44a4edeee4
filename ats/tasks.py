"""What Celery calls. The work is elsewhere; these may be lost, repeated or reordered without harm."""

from __future__ import annotations

from celery import shared_task
from celery.utils.log import get_task_logger

from ats.applications import import_worker
from ats.applications.moves import closing
from ats.applications.pending_assignments import distribute_all_pending
from ats.delivery import sending
from ats.events.feed import number_all_events
from ats.events.retention import forget_all
from ats.models import Channel
from ats.outbox.order import free_all_waiting
from ats.outbox.wakeup import task_of
from ats.people.resumes import queue
from ats.privacy.retention import run_retention
from ats.selection.offers.expiry import expire_due
from ats.selection.reminders import remind_all
from ats.triage import counts

logger = get_task_logger(__name__)


@shared_task(name="ats.tasks.drain")
def drain(channel: str) -> None:
    sending.drain(channel)


@shared_task(name="ats.tasks.sweep")
def sweep() -> None:
    """Wake a worker for each channel: whatever a lost message left behind is found."""
    for channel in Channel:
        task_of(channel).request()


@shared_task(name="ats.tasks.free_waiting")
def free_waiting() -> None:
    for channel in free_all_waiting():
        task_of(channel).request()


@shared_task(name="ats.tasks.forget_events")
def forget_events() -> None:
    logger.info("forgotten: %s events", sum(forget_all().values()))


@shared_task(name="ats.tasks.number_events")
def number_events() -> None:
    number_all_events()


@shared_task(name="ats.tasks.apply_retention")
def apply_retention() -> None:
    for outcome in run_retention():
        logger.info("retention: %s, %s rows after %s days", outcome.rule, outcome.due, outcome.days)


@shared_task(name="ats.tasks.fold_counts")
def fold_counts() -> None:
    counts.fold_tallies()


@shared_task(name="ats.tasks.distribute_pending")
def distribute_pending() -> None:
    distribute_all_pending()


@shared_task(name="ats.tasks.read_resumes")
def read_resumes() -> None:
    queue.read_all()


@shared_task(name="ats.tasks.close_announced")
def close_announced() -> None:
    closing.close_announced()


@shared_task(name="ats.tasks.remind")
def remind() -> None:
    remind_all()


@shared_task(name="ats.tasks.expire_offers")
def expire_offers() -> None:
    expire_due()


@shared_task(name="ats.tasks.run_imports")
def run_imports() -> None:
    import_worker.run_imports()
