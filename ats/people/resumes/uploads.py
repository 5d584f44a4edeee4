"""Taking in a file that somebody sends, and letting go of it."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePosixPath
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, Invalid, TooLarge
from ats.models import Account, Resume
from ats.outbox.wakeup import RESUMES, wake_worker
from ats.people.resumes import limits
from ats.people.resumes.detect import detect
from ats.people.resumes.errors import ResumeError
from ats.people.resumes.kinds import Kind
from ats.people.resumes.outcomes import OUTCOMES

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # Unicode's categories; among them what turns text round
LONGEST_NAME = 200


def receive(*, by: Account, name: str, content: IO[bytes]) -> tuple[Resume, bool]:
    """Keep a file and queue it to be read; (résumé, whether it is new): the same file again is the
    same résumé. Raises TooLarge, Invalid with a code of OUTCOMES, Conflict("resumes_full").
    """
    data = content.read(limits.BYTES + 1)
    if len(data) > limits.BYTES:
        raise TooLarge("too_large", str(OUTCOMES["too_large"][1]), field="file")
    name = clean_name(name)
    return _keep(by, name, _kind(name, data), data)


def clean_name(name: str) -> str:
    """The last part of a path, without what cannot be seen; for people, never used as a path."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(char for char in last if unicodedata.category(char) not in INVISIBLE)
    return unicodedata.normalize("NFC", seen).strip()[-LONGEST_NAME:] or "resume"


def _kind(name: str, data: bytes) -> Kind:
    try:
        return detect(name, data)
    except ResumeError as error:
        raise Invalid(error.code, str(OUTCOMES[error.code][1]), field="file") from None


@transaction.atomic
def _keep(by: Account, name: str, kind: Kind, data: bytes) -> tuple[Resume, bool]:
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)  # one upload of a person at a time
    digest = hashlib.sha256(data).digest()
    kept = Resume.objects.filter(account=by)
    if known := kept.filter(sha256=digest).first():
        return known, False
    if kept.count() >= limits.PER_ACCOUNT:
        sentence = _("You keep as many résumés as you may: delete one first.")
        raise Conflict("resumes_full", sentence)
    row = Resume(account=by, name=name, kind=kind, size=len(data), sha256=digest)
    row.file.save(name, ContentFile(data), save=False)
    try:
        row.save()
    except BaseException:
        row.file.delete(save=False)
        raise
    wake_worker(RESUMES)
    row.refresh_from_db()
    return row, True


@transaction.atomic
def delete(resumes: QuerySet[Resume]) -> None:
    """Remove rows, and their files once that is committed.

    They are locked first: an application that names one meanwhile waits, and then goes without it.
    """
    rows = list(resumes.select_for_update())
    resumes.delete()
    for row in rows:
        transaction.on_commit(lambda row=row: row.file.delete(save=False), robust=True)  # type: ignore[misc]
