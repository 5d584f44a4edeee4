"""Imports as jobs: a file is sent, its columns are shown and corrected, and a worker runs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypedDict, Unpack

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.applications import applicant_lists
from ats.common.errors import Conflict, Invalid
from ats.common.tables import Table
from ats.common.tables.columns import chosen_columns, guess_columns
from ats.models import Campaign, ImportJob, ImportKind, ImportState, Membership, Posting
from ats.outbox.wakeup import IMPORTS, wake_worker
from ats.postings.importing import feeds
from ats.postings.importing.adapters.generic import FIELDS as POSTING_FIELDS

SAMPLE = 3  # records in a preview
LONGEST_NAME = 200
TABLES = {ImportKind.POSTINGS: feeds.table_of, ImportKind.APPLICANTS: applicant_lists.table_of}
FIELDS = {ImportKind.POSTINGS: POSTING_FIELDS, ImportKind.APPLICANTS: applicant_lists.FIELDS}
ENDED = (ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED)


class Options(TypedDict, total=False):
    """`language` and `source` are for applicants; `close_missing` is for postings; `as_of` is the day
    that the file speaks of."""

    language: str
    source: str
    as_of: date
    close_missing: bool


def receive_import(
    *,
    by: Membership,
    kind: ImportKind,
    into: Campaign | Posting,
    name: str,
    content: bytes,
    **options: Unpack[Options],
) -> ImportJob:
    """Keep a file as a draft and find its columns; a mapping that was said for the same columns before
    is taken over. Raises Invalid("unreadable_file")."""
    table = TABLES[kind](name, content)
    said = said_before(by, kind, table)
    job = ImportJob(
        organisation=by.organisation,
        member=by,
        kind=kind,
        campaign=into if isinstance(into, Campaign) else None,
        posting=into if isinstance(into, Posting) else None,
        name=name[-LONGEST_NAME:],
        columns=list(table.columns),
        said=said,
        preview=preview_of(kind, table, said),
        **options,
    )
    job.file.save(name, ContentFile(content), save=False)
    job.save()
    return job


def said_before(by: Membership, kind: ImportKind, table: Table) -> dict[str, str]:
    rows = ImportJob.objects.for_org(by.organisation).filter(kind=kind, columns=list(table.columns))
    said: dict[str, str] | None = rows.exclude(said={}).values_list("said", flat=True).first()
    return said or {}


def preview_of(kind: ImportKind, table: Table, said: Mapping[str, str]) -> dict[str, object]:
    """What was found in the file, as JSON: how it is written, its columns and the first records."""
    guessed = guess_columns([each for each in table.columns if each not in said.values()], FIELDS[kind])
    mapping = {field: column for field, column in (guessed | dict(said)).items() if column}
    samples = [values for _number, values in table.records[:SAMPLE] if isinstance(values, Mapping)]
    return {
        "format": table.kind,
        "encoding": table.encoding,
        "separator": table.separator,
        "sheets": list(table.sheets),
        "header_row": table.header_row,
        "rows": len(table.records),
        "columns": list(table.columns),
        "mapping": mapping,
        "unused": [column for column in table.columns if column not in mapping.values()],
        "samples": [{str(name): str(value or "")[:200] for name, value in each.items()} for each in samples],
    }


@transaction.atomic
def correct_mapping(*, by: Membership, job: ImportJob, mapping: Mapping[str, str]) -> ImportJob:
    """Say which column is which field. Raises Conflict("import_under_way"), Invalid for an unknown
    field or column."""
    locked = lock(by, job)
    if locked.state != ImportState.DRAFT:
        raise under_way()
    table = TABLES[ImportKind(locked.kind)](locked.name, content_of(locked))
    chosen_columns(table.columns, FIELDS[ImportKind(locked.kind)], mapping, required=())
    locked.said = dict(mapping)
    locked.preview = preview_of(ImportKind(locked.kind), table, mapping)
    locked.save(update_fields=["said", "preview"])
    return locked


@transaction.atomic
def queue_import(*, by: Membership, job: ImportJob, dry_run: bool) -> ImportJob:
    """Let a worker try a draft or run it. Raises Conflict("import_under_way")."""
    locked = lock(by, job)
    if locked.state != ImportState.DRAFT:
        raise under_way()
    locked.state, locked.is_dry_run, locked.report, locked.error = ImportState.WAITING, dry_run, {}, ""
    locked.save(update_fields=["state", "is_dry_run", "report", "error"])
    wake_worker(IMPORTS)
    return locked


@transaction.atomic
def cancel_import(*, by: Membership, job: ImportJob) -> ImportJob:
    """Stop a job: a running one after its batch. What was written stays. Raises Conflict("import_ended")."""
    locked = lock(by, job)
    if locked.state in ENDED:
        raise Conflict("import_ended", _("This import has come to its end."), field="state")
    end_import(locked, ImportState.CANCELLED)
    return locked


def end_import(job: ImportJob, state: ImportState, *, error: str = "") -> None:
    """In the caller's transaction, the row locked: the file goes with it."""
    job.state, job.error, job.lease, job.leased_until = state, error, None, None
    job.save(update_fields=["state", "error", "lease", "leased_until", "report", "done", "made"])
    ImportJob.objects.for_org(job.organisation).filter(pk=job.pk).update(updated_at=Now())
    transaction.on_commit(lambda: job.file.storage.delete(job.file.name or ""), robust=True)


def lock(by: Membership, job: ImportJob) -> ImportJob:
    return ImportJob.objects.for_org(by.organisation).select_for_update(no_key=True).get(pk=job.pk)


def content_of(job: ImportJob) -> bytes:
    try:
        with job.file.open("rb") as file:
            content: bytes = file.read()
    except FileNotFoundError:
        raise Invalid("unreadable_file", _("The file is no longer kept."), field="file") from None
    return content


def under_way() -> Conflict:
    return Conflict("import_under_way", _("This import is no draft any more."), field="state")
