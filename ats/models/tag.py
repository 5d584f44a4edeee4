from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from ats.models.tenancy import TenantModel, TenantQuerySet


class Tag(TenantModel):
    """A word that the team marks applications with. Upper and lower case make no difference."""

    name = models.CharField(max_length=60)
    applications = models.ManyToManyField("ats.Application", through="ats.Tagging", related_name="tags")

    objects = TenantQuerySet["Tag"].as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="tag_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(TenantModel):
    """A tag on an application."""

    application = models.ForeignKey("ats.Application", on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")

    objects = TenantQuerySet["Tagging"].as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["organisation", "-id"], name="tagging_newest")]
        constraints = [
            models.UniqueConstraint(fields=["application", "tag"], name="tagging_once"),
        ]

    def __str__(self) -> str:
        return f"tag {self.tag_id} on application {self.application_id}"
