from __future__ import annotations

from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet


class QuestionKind(models.TextChoices):
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    YES_NO = "yes_no"
    URL = "url"


class QuestionSet(TenantModel):
    """One version of what a posting asks of those who apply; never changed.

    `questions` is a list of `{"key", "kind", "label", "label_zh", "required", "options"}`; the posting
    names the version in force, and an application the one that it answers.
    """

    posting = models.ForeignKey("ats.Posting", on_delete=models.CASCADE, related_name="question_sets")
    version = models.PositiveIntegerField()
    questions = models.JSONField()

    objects = TenantQuerySet["QuestionSet"].as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["posting", "version"], name="question_set_version_once"),
        ]

    def __str__(self) -> str:
        return f"questions {self.pk}, version {self.version}"
