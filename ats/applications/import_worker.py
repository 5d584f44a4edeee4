"""Running imports that wait: the table is the queue, as with deliveries."""

from __future__ import annotations

import logging
import uuid
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from ats.applications.applicant_lists import batches, import_batch, read_applicants
from ats.applications.import_jobs import content_of, end_import
from ats.common.errors import Refused
from ats.models import Event, EventType, ImportJob, ImportKind, ImportState
from ats.outbox.wakeup import IMPORTS, wake_worker
from ats.postings.importing.feeds import read_content
from ats.postings.importing.run import Prepared, dry, ids_in, prepare, report_of
from ats.postings.importing.store import Stored, store
from ats.postings.importing.target import known_postings, target
from ats.postings.importing.vanished import close_vanished, vanished

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)  # renewed with each batch
ATTEMPTS = 5  # deaths of a worker, after which the file is taken to be the cause


class Stopped(Exception):
    """The job was cancelled, or another worker has it."""


def run_imports() -> int:
    """Run one import that waits, and ask for another; the number run."""
    job = claim()
    if job is None:
        return 0
    try:
        run_claimed(job)
    except Stopped:
        logger.info("import %s was stopped", job.pk)
    wake_worker(IMPORTS)
    return 1


@transaction.atomic
def claim() -> ImportJob | None:
    """The oldest job that waits, or whose worker died, leased to the caller."""
    free = Q(state=ImportState.WAITING) | Q(state=ImportState.RUNNING, leased_until__lte=Now())
    waiting = ImportJob.objects.filter(free).order_by("id")
    job = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if job is None:
        return None
    job.lease, job.attempts, job.state = uuid.uuid4(), job.attempts + 1, ImportState.RUNNING
    ImportJob.objects.filter(pk=job.pk).update(
        lease=job.lease, leased_until=Now() + LEASE, attempts=job.attempts, state=job.state
    )
    return job


def run_claimed(job: ImportJob) -> None:
    """The whole job, or its end with the reason why it cannot be done."""
    try:
        if job.attempts > ATTEMPTS:
            raise Refused("worker_died", "The worker died each time at this file.")
        run_postings(job) if job.kind == ImportKind.POSTINGS else run_applicants(job)
    except Refused as refused:
        with transaction.atomic():
            end_import(locked_row(job), ImportState.FAILED, error=refused.sentence)


def run_postings(job: ImportJob) -> None:
    """Batches of postings; the counts come from the event log, so a crash neither loses nor doubles any.

    A job that is run again after a crash begins anew: what was stored is found unchanged.
    """
    assert job.campaign is not None
    feed = read_content(job.name, content_of(job), as_of=job.as_of, mapping=job.said or None)
    place = target(campaign=job.campaign, feed=feed.name, by=job.member, job=job.pk)
    known = known_postings(place)
    prepared = prepare(job.name, feed, place, known)
    gone = vanished(known, seen=ids_in(prepared), mentioned=feed.mentioned)
    closed = 0
    if job.is_dry_run:
        done = dry(prepared, dict(known))
    else:
        store_batches(job, prepared)
        closed = close_vanished(place, gone) if job.close_missing else 0
        done = stored_by(job, len(prepared.drafts), closed)
    report = report_of(prepared, done).as_json()
    finish(job, report | {"vanished": [asdict(each) for each in gone], "closed": closed}, done.created)


def store_batches(job: ImportJob, prepared: Prepared) -> None:
    done = 0
    for batch in prepared.batches():
        with transaction.atomic():
            row = locked_row(job)
            store(prepared.target, batch)
            done += len(batch)
            progress(row, done=done, total=len(prepared.drafts), made=done)


def stored_by(job: ImportJob, total: int, closed: int) -> Stored:
    events = Event.objects.for_org(job.organisation).filter(data__import=job.pk)
    created = events.filter(type=EventType.POSTING_CREATED).count()
    touched = events.filter(type=EventType.POSTING_UPDATED).values("posting").distinct().count()
    updated = max(touched - closed, 0)
    return Stored(created, updated, total - created - updated)


def run_applicants(job: ImportJob) -> None:
    """Batches of people, each with its progress in one transaction: the next worker goes on after it."""
    assert job.posting is not None
    found = read_applicants(job.name, content_of(job), mapping=job.said or None)
    done, made = (0, 0) if job.is_dry_run else (job.done, job.made)
    for batch in batches(found.people, start=done):
        with transaction.atomic():
            row = locked_row(job)
            made += import_batch(
                batch,
                by=job.member,
                posting=job.posting,
                source=job.source,
                language=job.language,
                dry_run=False,
            )
            done += len(batch)
            if job.is_dry_run:
                transaction.set_rollback(True)
            else:
                progress(row, done=done, total=len(found.people), made=made)
    report = {
        "read": len(found.people) + len(found.rejected),
        "done": made,
        "already_applied": len(found.people) - made,
        "rejected": len(found.rejected),
        "rejected_rows": [asdict(each) for each in found.rejected],
        "mapping": dict(found.mapping),
        "unused": list(found.unused),
    }
    finish(job, report, made)


def locked_row(job: ImportJob) -> ImportJob:
    """The row, locked, while the lease is still the caller's. Raises Stopped."""
    mine = ImportJob.objects.for_org(job.organisation).filter(pk=job.pk, lease=job.lease)
    row = mine.select_for_update(of=("self",), no_key=True).first()
    if row is None or row.state != ImportState.RUNNING:
        raise Stopped
    return row


def progress(row: ImportJob, *, done: int, total: int, made: int) -> None:
    ImportJob.objects.for_org(row.organisation).filter(pk=row.pk).update(
        done=done, total=total, made=made, leased_until=Now() + LEASE, updated_at=Now()
    )


@transaction.atomic
def finish(job: ImportJob, report: dict[str, object], made: int) -> None:
    """The report; a rehearsal leaves a draft, which may be corrected and run."""
    row = locked_row(job)
    row.report, row.made = report, made
    if job.is_dry_run:
        row.state, row.lease, row.leased_until, row.attempts = ImportState.DRAFT, None, None, 0
        row.save(update_fields=["report", "state", "lease", "leased_until", "attempts"])
    else:
        end_import(row, ImportState.DONE)
