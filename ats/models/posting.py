from __future__ import annotations

import unicodedata
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ats.models.tenancy import TenantModel, TenantQuerySet


class PostingState(models.TextChoices):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class PostingKind(models.TextChoices):
    INTERNSHIP = "internship", _("Internship")
    GRADUATE = "graduate", _("Graduate place")
    UNKNOWN = "", _("Not stated")


MOST_WORDS = 10
SEARCHED = ("title", "title_zh", "employer", "organisation__name", "organisation__name_zh")


def _contains(word: str) -> models.Q:
    return reduce(or_, (models.Q((f"{field}__icontains", word)) for field in SEARCHED))


class PostingQuerySet(TenantQuerySet["Posting"]):
    def accepting(self) -> Self:
        """Postings that take applications at this instant, by the database's clock."""
        is_published = models.Q(published_at=None) | models.Q(published_at__lte=Now())
        return self.filter(
            is_published,
            state=PostingState.OPEN,
            campaign__opens_at__lte=Now(),
            campaign__closes_at__gt=Now(),
        )

    def public(self) -> Self:
        """What anybody may read of: the accepting ones, with all that is shown of them."""
        rows = self.accepting().select_related("organisation", "campaign", "track", "question_set")
        return rows.prefetch_related("locations")

    def matching(self, text: str) -> Self:
        """Those that contain every word of `text`, in any order, in a title or the employer's name."""
        words = unicodedata.normalize("NFKC", text).split()[:MOST_WORDS]
        return self.filter(*map(_contains, words))


class Posting(TenantModel):
    """What one applies to.

    `feed` and `external_id` say where an imported posting came from, `digest` what it said there.
    `head_count` is the number of seats (none: not limited), `filled` how many are taken.
    """

    campaign = models.ForeignKey("ats.Campaign", on_delete=models.PROTECT, related_name="postings")
    track = models.ForeignKey("ats.Track", on_delete=models.PROTECT, related_name="postings")
    department = models.ForeignKey(
        "ats.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="postings"
    )
    pipeline = models.ForeignKey("ats.Pipeline", on_delete=models.PROTECT, related_name="postings")
    locations = models.ManyToManyField("ats.Location", blank=True, related_name="postings")

    question_set = models.ForeignKey(
        "ats.QuestionSet", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    title = models.CharField(max_length=500)
    title_zh = models.CharField(max_length=500, blank=True, default="")
    employer = models.CharField(max_length=300, blank=True, default="")
    kind = models.CharField(
        max_length=12, choices=PostingKind.choices, blank=True, default=PostingKind.UNKNOWN
    )
    programme = models.CharField(max_length=300, blank=True, default="")
    description = models.TextField(blank=True, default="")
    requirements = models.TextField(blank=True, default="")
    pay = models.CharField(max_length=300, blank=True, default="")
    graduation = models.CharField(max_length=300, blank=True, default="")
    url = models.URLField(max_length=2000, blank=True, default="")
    is_ai = models.BooleanField(default=False)

    state = models.CharField(max_length=6, choices=PostingState.choices, default=PostingState.DRAFT)
    head_count = models.PositiveIntegerField(null=True, blank=True)
    filled = models.PositiveIntegerField(default=0, editable=False)

    feed = models.CharField(max_length=40, blank=True, default="", editable=False)
    external_id = models.CharField(max_length=2000, blank=True, default="", editable=False)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["organisation", "-id"], name="posting_newest"),
            models.Index(
                fields=["campaign", "-id"],
                name="posting_open",
                condition=models.Q(state=PostingState.OPEN),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "feed", "external_id"],
                condition=~models.Q(feed=""),
                name="posting_of_feed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=PostingState.values), name="posting_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(head_count__isnull=True) | models.Q(head_count__gte=1),
                name="posting_head_count_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(head_count__isnull=True) | models.Q(filled__lte=models.F("head_count")),
                name="posting_never_oversold",
            ),
        ]

    def __str__(self) -> str:
        return f"posting {self.pk}"
