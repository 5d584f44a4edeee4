from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now


class ResumeState(models.TextChoices):
    PENDING = "pending", "Waits to be read."
    READ = "read", "Was read; what it says is proposed."
    UNREADABLE = "unreadable", "Is kept, but not understood; `code` says why."
    REFUSED = "refused", "Is not kept; `code` says why."


def stored_name(resume: Resume, name: str) -> str:
    """A name of ours for the file, which nobody can guess or choose."""
    return f"resumes/{uuid.uuid4().hex}"


class Resume(models.Model):
    """A file that a person sent of themself, and what it says. It belongs to the account alone.

    Pending rows are the queue of the reading worker, which claims one by `lease` until
    `leased_until`. `proposed` is a JSON Resume that the person may take over, or parts of it;
    nothing else reads it.
    """

    account = models.ForeignKey("ats.Account", on_delete=models.CASCADE, related_name="resumes")
    file = models.FileField(upload_to=stored_name, max_length=100, editable=False)
    name = models.CharField(max_length=200, help_text="The file's name as it was sent.")
    kind = models.CharField(max_length=10, help_text="Recognised by the content.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.BinaryField(max_length=32, editable=False)
    state = models.CharField(max_length=10, choices=ResumeState.choices, db_default=ResumeState.PENDING)
    code = models.CharField(max_length=40, blank=True, default="")
    proposed = models.JSONField(default=dict)
    lease = models.UUIDField(null=True, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["id"], name="resume_pending", condition=models.Q(state=ResumeState.PENDING)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "sha256"], name="resume_once"),
        ]

    def __str__(self) -> str:
        return f"resume {self.pk}"
