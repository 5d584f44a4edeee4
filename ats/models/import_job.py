from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from ats.models.tenancy import TenantModel, TenantQuerySet


class ImportKind(models.TextChoices):
    POSTINGS = "postings", "A list of postings, into a campaign."
    APPLICANTS = "applicants", "A list of people who applied elsewhere, into a posting."


class ImportState(models.TextChoices):
    DRAFT = "draft", "Was sent; its columns may be corrected, and it may be tried or run."
    WAITING = "waiting", "Waits for a worker, or for the next one after a crash."
    RUNNING = "running", "A worker is at it."
    DONE = "done", "Came to its end; the report says what became of each row."
    FAILED = "failed", "Could not be done; `error` says why."
    CANCELLED = "cancelled", "Was stopped; what was written until then stays."


def stored_name(job: ImportJob, name: str) -> str:
    """A name of ours for the file, which nobody can guess or choose."""
    return f"imports/{uuid.uuid4().hex}"


class ImportJob(TenantModel):
    """A file that a member sends to be imported, and how far that is.

    Waiting rows are the queue of the worker, which claims one by `lease` until `leased_until`. `said`
    is the mapping that a person gave, `columns` what the file has; `is_dry_run` jobs write nothing and
    become drafts again. The file is deleted when the job has ended.
    """

    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    state = models.CharField(max_length=9, choices=ImportState.choices, default=ImportState.DRAFT)
    campaign = models.ForeignKey("ats.Campaign", null=True, on_delete=models.PROTECT, related_name="+")
    posting = models.ForeignKey("ats.Posting", null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("ats.Membership", on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=stored_name, max_length=100, editable=False)
    name = models.CharField(max_length=200, help_text="The file's name as it was sent.")
    columns = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True, default="")
    source = models.CharField(max_length=40, blank=True, default="")
    as_of = models.DateField()
    close_missing = models.BooleanField(default=False)
    is_dry_run = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0, help_text="Applications, or postings, so far.")
    report = models.JSONField(default=dict)
    error = models.TextField(blank=True, default="")
    lease = models.UUIDField(null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = TenantQuerySet["ImportJob"].as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(
                fields=["id"],
                name="import_waiting",
                condition=models.Q(state__in=(ImportState.WAITING, ImportState.RUNNING)),
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"
