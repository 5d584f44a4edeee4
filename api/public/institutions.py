from __future__ import annotations

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import AllowAny

from api.core.caching import CacheableByAll
from api.core.filtering import FilterSet
from api.core.throttling import PublicRate
from ats.models import Institution
from ats.models.institution import InstitutionQuerySet, Region


class InstitutionFilter(FilterSet):
    text = filters.CharFilter(
        method="matching", help_text="In its names, in any language: words by their beginnings; `浙大`."
    )
    country = filters.CharFilter("country", help_text="ISO 3166-1: `CN`.")
    region = filters.ChoiceFilter(choices=Region.choices)
    tier = filters.CharFilter(method="on_list", help_text="985, 211 or 双一流.")

    class Meta:
        model = Institution
        fields: tuple[str, ...] = ()

    def matching(self, rows: InstitutionQuerySet, name: str, value: str) -> InstitutionQuerySet:
        return rows.matching(value)

    def on_list(self, rows: InstitutionQuerySet, name: str, value: str) -> InstitutionQuerySet:
        return rows.filter(tiers__contains=[value])


class InstitutionRow(serializers.ModelSerializer[Institution]):
    """A school that can be recognised; `name` with `country`, or `name_zh`, in a profile means it."""

    class Meta:
        model = Institution
        fields = ("id", "name", "name_zh", "country", "region", "city", "city_zh", "tiers", "aliases")
        read_only_fields = fields


class Institutions(CacheableByAll, mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """The schools that are known, for a form in which people choose theirs. Not to be listed is allowed.

    The tiers are those of the public lists of the Chinese ministry of education, as of their year.
    """

    queryset = Institution.objects.all()
    serializer_class = InstitutionRow
    filterset_class = InstitutionFilter
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicRate,)
    ordering = ("name", "id")
