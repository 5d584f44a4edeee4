from __future__ import annotations

from django.db import models

from ats.models.tenancy import TenantModel, TenantQuerySet

UNCLASSIFIED = "unclassified"


class Track(TenantModel):
    """A line of work that postings are grouped by, such as algorithms or security."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    objects = TenantQuerySet["Track"].as_manager()

    class Meta:
        ordering = ("position", "code")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="track_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class TrackTerm(TenantModel):
    """A word in a title that puts a posting on a track, that marks it as AI, or both.

    The heaviest match decides, then the longest.
    """

    term = models.CharField(max_length=100)
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.CASCADE)
    is_ai = models.BooleanField(default=False)
    weight = models.SmallIntegerField(default=0)

    objects = TenantQuerySet["TrackTerm"].as_manager()

    class Meta:
        ordering = ("term",)
        constraints = [
            models.UniqueConstraint(fields=["organisation", "term"], name="track_term_once"),
            models.CheckConstraint(
                condition=models.Q(track__isnull=False) | models.Q(is_ai=True),
                name="track_term_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.term
