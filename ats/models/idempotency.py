from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from ats.models.tenancy import TenantQuerySet


class IdempotencyRecord(models.Model):
    """The answer that a request with an `Idempotency-Key` was given, kept to be given again.

    `body` is JSON as it was sent, which jsonb would put into another order. `fingerprint` is the
    SHA-256 of method, path and body; `status` is null while the first request still runs, which can
    be seen only by requests that wait for its transaction.
    """

    account = models.ForeignKey("ats.Account", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        "ats.Organisation",
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="In whose name the request was made; none for a candidate's.",
    )
    key = models.CharField(max_length=255)
    fingerprint = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(db_default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = TenantQuerySet["IdempotencyRecord"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation", "key"],
                name="idempotency_key_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"idempotency record {self.pk}"
