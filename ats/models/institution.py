from __future__ import annotations

from collections.abc import Collection
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower


class Region(models.TextChoices):
    MAINLAND = "mainland", "Mainland China"
    HMT = "hmt", "Hong Kong, Macao, Taiwan"
    OVERSEAS = "overseas", "Overseas"


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def named(self, folded: Collection[str]) -> Self:
        """Those whose name, in either language, or an alias is among `folded` (case-folded)."""
        names = list(folded)
        return self.alias(lower=Lower("name")).filter(
            models.Q(lower__in=names) | models.Q(name_zh__in=names) | models.Q(aliases__overlap=names)
        )


class Institution(models.Model):
    """A school; a fact about the world, shared by all organisations. Aliases are case-folded."""

    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=2, help_text="ISO 3166-1.")
    region = models.CharField(max_length=10, choices=Region.choices)
    tiers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    hosts = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        indexes = [
            models.Index(Lower("name"), name="institution_name"),
            models.Index(fields=["name_zh"], name="institution_name_zh"),
            GinIndex("hosts", name="institution_hosts"),
            GinIndex("aliases", name="institution_aliases"),
            GinIndex("tiers", name="institution_tiers"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["country", "name"], name="institution_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def names(self) -> list[str]:
        """Every name that it is known by."""
        return [self.name, self.name_zh, *self.aliases]
