"""Choosing rows in a request's body by the filters of a list, as its query parameters would."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django_filters import utils
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.core.filtering import FilterSet, any_of, names_of, refuse_bad_parameters

SCALARS = (str, int, float, bool)


@extend_schema_field(OpenApiTypes.OBJECT)
class FilterField(serializers.Field[Any, Any, Any, Any]):
    """`{"stage": 3, "state": "active"}`: the names and values that the list's query takes."""

    default_error_messages = {"invalid": "Give an object of the list's filters: name and value."}

    def to_internal_value(self, data: Any) -> MultiValueDict[str, str]:
        if not isinstance(data, dict) or not data:
            self.fail("invalid")
        return MultiValueDict({name: self._texts(value) for name, value in data.items()})

    def _texts(self, value: Any) -> list[str]:
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, SCALARS) for one in values):
            self.fail("invalid")
        return [str(one).lower() if isinstance(one, bool) else str(one) for one in values]

    def to_representation(self, value: Any) -> Any:
        return value


def select(rows: QuerySet[Any], filterset: type[FilterSet], chosen: MultiValueDict[str, str]) -> Any:
    """The rows that the list shows for these filters. A filter that is not one is a 400."""
    refuse_bad_parameters(chosen, names_of(filterset), any_of=any_of(filterset))
    bound = filterset(data=chosen, queryset=rows)
    if not bound.is_valid():
        raise utils.translate_validation(bound.errors)  # type: ignore[misc]
    return bound.qs
