"""Reading what waits: the table is the queue, as with deliveries."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from ats.models import Resume, ResumeState
from ats.outbox.wakeup import RESUMES, wake_worker
from ats.people.resumes import sandbox
from ats.people.resumes.errors import ResumeError
from ats.people.resumes.kinds import Kind
from ats.people.resumes.outcomes import OUTCOMES

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
BATCH = 100  # so that a task ends within its time limit, even of files that are slow
ATTEMPTS = 3  # deaths of a worker, after which the file counts as the cause


def read_all() -> int:
    """Read what waits, a batch at most, and ask for another after a full one; the number tried."""
    for tried in range(BATCH):
        resume = claim()
        if resume is None:
            return tried
        read_one(resume)
    wake_worker(RESUMES)
    return BATCH


@transaction.atomic
def claim() -> Resume | None:
    """The oldest résumé that waits without a lease, leased to the caller."""
    free = Q(leased_until=None) | Q(leased_until__lte=Now())
    waiting = Resume.objects.filter(free, state=ResumeState.PENDING).order_by("id")
    resume = waiting.select_for_update(skip_locked=True).first()
    if resume is None:
        return None
    resume.lease, resume.attempts = uuid.uuid4(), resume.attempts + 1
    Resume.objects.filter(pk=resume.pk).update(
        lease=resume.lease, leased_until=Now() + LEASE, attempts=resume.attempts
    )
    return resume


def read_one(resume: Resume) -> None:
    """One résumé to its end, or back into the queue when it is not the file's fault."""
    if resume.attempts > ATTEMPTS:
        return _give_up(resume, "reader_died")
    try:
        proposed = sandbox.read(Kind(resume.kind), _content(resume))
    except ResumeError as error:
        return _give_up(resume, error.code)
    except Exception as error:  # noqa: BLE001  (the storage may be away: try again later)
        logger.warning("resume %s was not read: %s", resume.pk, type(error).__name__)
        return _put_back(resume)
    _settle(resume, state=ResumeState.READ, proposed=proposed)
    return None


def _content(resume: Resume) -> bytes:
    try:
        with resume.file.open("rb") as file:
            content: bytes = file.read()
    except FileNotFoundError:
        raise ResumeError("damaged") from None
    return content


@transaction.atomic
def _give_up(resume: Resume, code: str) -> None:
    """Settle without a proposal. A refused file is deleted, but only by the reader that settled it."""
    state = OUTCOMES[code][0]
    is_settled = _settle(resume, state=state, code=code)
    if is_settled and state == ResumeState.REFUSED:
        transaction.on_commit(lambda: resume.file.storage.delete(resume.file.name or ""), robust=True)


def _put_back(resume: Resume) -> None:
    _leased(resume).update(lease=None, leased_until=Now() + LEASE, attempts=F("attempts") - 1)


class Settled(TypedDict, total=False):
    """What reading a file gives."""

    state: ResumeState
    code: str
    proposed: dict[str, Any]


def _settle(resume: Resume, **changes: Unpack[Settled]) -> bool:
    """Record the result and end the lease; False, and nothing changes, when the lease is another's by now."""
    return bool(_leased(resume).update(lease=None, leased_until=None, settled_at=Now(), **changes))


def _leased(resume: Resume) -> QuerySet[Resume]:
    """The row while its lease is still the caller's."""
    return Resume.objects.filter(pk=resume.pk, lease=resume.lease)
