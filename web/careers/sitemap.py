from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from ats.models import Posting


class OpenPostings(Sitemap[Posting]):
    """Every open posting's page. Drafts and closed ones are not in it."""

    limit = 10_000

    def items(self) -> QuerySet[Posting]:
        return Posting.objects.accepting().order_by("-id").only("id", "updated_at")

    def location(self, item: Posting) -> str:
        return reverse("careers:posting", args=[item.pk])

    def lastmod(self, item: Posting) -> datetime:
        return item.updated_at
