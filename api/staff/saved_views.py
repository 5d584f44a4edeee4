from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from rest_framework.serializers import BaseSerializer

from api.core.selecting import FilterField, select
from api.core.serializers import StrictModelSerializer
from api.core.viewsets import PlainViewSet
from api.staff.application_filter import ApplicationFilter
from ats.common.errors import Forbidden
from ats.models import Application, SavedView


class SavedViewRow(StrictModelSerializer):
    query = FilterField(help_text="What the list of applications takes: its filters and its order.")

    class Meta:
        model = SavedView
        fields = ("id", "name", "query", "is_shared", "owner", "created_at", "updated_at")
        read_only_fields = ("owner", "created_at", "updated_at")

    def validate_query(self, chosen: Any) -> dict[str, str]:
        """As texts, so that the view is a query string; refused unless the list would take it."""
        select(Application.objects.none(), ApplicationFilter, chosen)
        return dict(chosen.items())


class SavedViews(PlainViewSet):
    """Filters and an order of the list of applications, under a name: yours, and those that are shared."""

    queryset = SavedView.objects.all()
    serializer_class = SavedViewRow
    filterset_fields = ("is_shared",)
    resource = "saved-views"

    def get_queryset(self) -> QuerySet[SavedView]:
        rows = super().get_queryset()
        return rows if getattr(self, "swagger_fake_view", False) else rows.seen_by(self.membership)  # type: ignore[attr-defined]

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        self._save(serializer, organisation=self.membership.organisation, owner=self.membership)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        self._require_owner(serializer.instance)
        self._save(serializer, updated_at=Now())
        assert isinstance(serializer.instance, SavedView)
        serializer.instance.refresh_from_db()

    def perform_destroy(self, instance: SavedView) -> None:
        self._require_owner(instance)
        super().perform_destroy(instance)

    def _require_owner(self, view: Any) -> None:
        if view.owner_id != self.membership.pk:
            raise Forbidden("not_the_owner", _("Only its owner may change this view."))
