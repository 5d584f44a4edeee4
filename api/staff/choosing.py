"""Whom a request that acts on many applications means: by id, or by what the list would show."""

from __future__ import annotations

from typing import Any

from django.utils.datastructures import MultiValueDict
from rest_framework import serializers

from api.core.batches import Ids
from api.core.selecting import FilterField, select
from api.core.serializers import StrictSerializer
from api.staff.application_filter import ApplicationFilter
from ats.models import Application


class SelectedApplications(StrictSerializer):
    """A resource adds what for. `applications` comes out as ids or as a query; the context gives the view."""

    applications = Ids(required=False)
    filter = FilterField(required=False, help_text="Instead of ids: filters of the list of applications.")
    dry_run = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("applications" in attrs) == ("filter" in attrs):
            raise serializers.ValidationError("Give either applications or a filter.", "one_of_two")
        if "filter" in attrs:
            attrs["applications"] = self._chosen(attrs.pop("filter"))
        return attrs

    def _chosen(self, given: MultiValueDict[str, str]) -> Any:
        rows = Application.objects.for_org(self.context["view"].membership.organisation)
        try:
            return select(rows, ApplicationFilter, given)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"filter": error.detail}) from None
