"""Filters by django-filter; a parameter that nothing reads is an error, never silently ignored."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Set
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.db.models import QuerySet
from django.forms import CharField
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField
from django_filters.widgets import SuffixedMultiWidget
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.facts import MONTH
from ats.common.months import last_day_of_month

PAGING = frozenset({"cursor", "page_size"})


class InstantField(IsoDateTimeField):
    """A time with any offset, as UTC: PostgreSQL takes none of sixteen hours and more."""

    def to_python(self, value: Any) -> datetime | None:
        instant = super().to_python(value)
        try:
            return instant and instant.astimezone(UTC)
        except OverflowError:  # in UTC it lies before the year 1 or after 9999
            raise Invalid(self.error_messages["invalid"], "invalid") from None


class InstantFilter(filters.IsoDateTimeFilter):
    field_class = InstantField


class MonthField(CharField):
    """A month such as 2027-06, as its last day: graduation is known to the month."""

    default_error_messages = {"invalid": _("Give a month such as 2026-06.")}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and not MONTH.fullmatch(text):
            raise Invalid(self.error_messages["invalid"], "invalid")
        return last_day_of_month(text) if text else None


class MonthFilter(filters.CharFilter):
    field_class = MonthField


class StrictFilterBackend(filters.DjangoFilterBackend):
    """django-filter, after the names of all query parameters have been checked."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        filterset = self.get_filterset_class(view, queryset)
        known = names_of(filterset) if filterset else set()
        refuse_unknown(request, known | PAGING)
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


class FilterSet(filters.FilterSet):
    """Filters of a list, none of them required. Those that nobody asked for are left out.

    django-filter copies every filter and every field for each request: a third of the time of a page.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        asked = set(data or ())
        # On the instance, in the place of the class's: `super` copies these.
        self.base_filters = OrderedDict(
            (name, one) for name, one in self.base_filters.items() if asked & _names(name, one)
        )
        super().__init__(data, *args, **kwargs)


def names_of(filterset: type[filters.FilterSet]) -> set[str]:
    """The parameters that a filter set reads."""
    return {name for entry in filterset.base_filters.items() for name in _names(*entry)}


def _names(name: str, one: filters.Filter) -> set[str]:
    """The parameters of one filter; a range reads two."""
    widget = one.field.widget
    suffixes = widget.suffixes if isinstance(widget, SuffixedMultiWidget) else [None]
    return {f"{name}_{suffix}" if suffix else name for suffix in suffixes}


def refuse_unknown(request: Request, known: Set[str]) -> None:
    """Raise a 400 that names each query parameter outside `known`, and what there is instead."""
    refuse_names(request.query_params, known)
    for name, value in request.query_params.items():
        if "\0" in value:
            raise ValidationError({name: ["NUL is not allowed."]}, "nul")


def refuse_names(names: Iterable[str], known: Set[str]) -> None:
    """Raise a 400 that names each of `names` outside `known`."""
    if unknown := sorted(set(names) - known):
        choice = ", ".join(sorted(known)) or "none"
        raise ValidationError(
            {name: [f"There is no such parameter here; there are: {choice}."] for name in unknown},
            "unknown_parameter",
        )
