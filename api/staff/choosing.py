"""Which applications a bulk request means: by their ids, or by filters of the list."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.core.batches import Ids, SummaryField
from api.core.selecting import FilterField, select
from api.core.serializers import StrictSerializer
from api.staff.application_filter import ApplicationFilter
from ats.models import Application
from ats.models.visibility import sees_all, visible_rows


class SelectedApplications(StrictSerializer):
    """A resource adds what for. `applications` comes out as ids or as a query; the context gives the view."""

    applications = Ids(required=False)
    filter = FilterField(required=False, help_text="Instead of ids: filters of the list of applications.")
    dry_run = serializers.BooleanField(default=False)
    summary = SummaryField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("applications" in attrs) == ("filter" in attrs):
            raise serializers.ValidationError("Give either applications or a filter.", "one_of_two")
        if "filter" in attrs:
            attrs["applications"] = self._chosen(attrs.pop("filter"))
        else:
            self._require_visible(attrs["applications"])
        return attrs

    def _visible(self) -> QuerySet[Application]:
        member = self.context["view"].membership
        return visible_rows(Application.objects.for_org(member.organisation), member)

    def _require_visible(self, ids: Collection[int]) -> None:
        """Who sees but some applications names no other; for whoever sees all, each is reported."""
        if sees_all(self.context["view"].membership):
            return
        if self._visible().filter(pk__in=ids).count() < len(set(ids)):
            detail = ErrorDetail(_("You do not see all of these applications."), "does_not_exist")
            raise serializers.ValidationError({"applications": [detail]})

    def _chosen(self, given: MultiValueDict[str, str]) -> Any:
        rows = self._visible()
        try:
            return select(rows, ApplicationFilter, given)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"filter": error.detail}) from None
