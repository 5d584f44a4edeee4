"""The filters that lists are narrowed by: each reads one spelling of its value, and refuses any other.

A parameter that is given several times means any of its values where a filter says so (`any_of`);
elsewhere it is refused. A value that is given and says nothing is refused as well.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from api.core.spellings import DECIMAL, NO_OFFSET, OFFSET, WHOLE_NUMBER
from ats.common.months import Span, span_named

LARGEST_ID = 2**63 - 1
FLAGS = {"true": True, "false": False}


class WholeNumberField(forms.IntegerField):
    """Digits, with a sign if there must be one: no spaces, no `1_0`, no full-width digits."""

    def to_python(self, value: Any) -> int | None:
        if value not in self.empty_values and not WHOLE_NUMBER.fullmatch(str(value)):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return super().to_python(value)


class DecimalField(forms.DecimalField):
    """Digits, and perhaps a point with more of them."""

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not DECIMAL.fullmatch(str(value)):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return super().to_python(value)


class FlagField(forms.Field):
    """`true` or `false`."""

    default_error_messages = {"invalid": _("Give true or false.")}

    def to_python(self, value: Any) -> bool | None:
        if value in self.empty_values:
            return None
        if value not in FLAGS:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return FLAGS[value]


class InstantField(IsoDateTimeField):
    """A time with its offset, as UTC: PostgreSQL takes no offset of sixteen hours and more."""

    def to_python(self, value: Any) -> datetime | None:
        instant = super().to_python(value)
        if instant and not OFFSET.search(str(value)):
            raise ValidationError(NO_OFFSET, "offset_missing")
        try:
            return instant and instant.astimezone(UTC)
        except OverflowError:  # in UTC it lies before the year 1 or after 9999
            raise ValidationError(self.error_messages["invalid"], "invalid") from None


class SpanField(forms.CharField):
    """A month such as 2027-06 or a day such as 2027-06-15, as the days that it stands for."""

    default_error_messages = {"invalid": _("Give a month such as 2026-06 or a day such as 2026-06-30.")}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        span = span_named(text) if text else None
        if text and span is None:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return span


class ManyWidget(forms.Widget):
    """Every value of a parameter, however often it is given."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else [data[name]] if name in data else []


class ManyField(forms.Field):
    """A list of values, each read by the same field."""

    widget = ManyWidget

    def __init__(self, *, of: forms.Field, **kwargs: Any) -> None:
        self.one = of
        super().__init__(**kwargs)

    def clean(self, value: list[str]) -> list[Any]:
        return [self.one.clean(each) for each in value]


class AnyOf(filters.MultipleChoiceFilter):
    """Rows whose column is any of the values; each is read by `make_field`."""

    make_field: Callable[..., forms.Field]

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field"):
            options = {
                key: value for key, value in self.extra.items() if key not in {"required", "help_text"}
            }
            self._field = ManyField(of=type(self).make_field(**options), required=False, label=self.label)
        return self._field

    def filter(self, qs: QuerySet[Any], value: list[Any]) -> QuerySet[Any]:
        if not value:
            return qs
        column = str(self.field_name)
        if len(value) == 1:  # an equality, which an index serves in its order
            return qs.filter(**{column: value[0]})
        return qs.filter(**{f"{column}__in": value})


@extend_schema_field(OpenApiTypes.INT)
class IdFilter(AnyOf):
    """Rows that refer to any of these ids. An id that is not there finds what a foreign one finds: none."""

    @staticmethod
    def make_field(**options: Any) -> forms.Field:
        return WholeNumberField(min_value=1, max_value=LARGEST_ID, **options)


class ChoiceFilter(AnyOf):
    """Rows of any of these states, kinds or other words of a list."""

    make_field = forms.ChoiceField


class OneId(filters.NumberFilter):
    """One id, for filters that can use no more."""

    field_class = WholeNumberField  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"min_value": 1, "max_value": LARGEST_ID, **kwargs})


class WholeNumberFilter(filters.NumberFilter):
    field_class = WholeNumberField  # type: ignore[assignment]


class DecimalFilter(filters.NumberFilter):
    field_class = DecimalField


@extend_schema_field(OpenApiTypes.BOOL)
class FlagFilter(filters.Filter):
    field_class = FlagField


class InstantFilter(filters.IsoDateTimeFilter):
    field_class = InstantField


class SpanFilter(filters.CharFilter):
    field_class = SpanField


class AfterFilter(SpanFilter):
    """What is certainly on the day or later, or in the month or later."""

    def filter(self, qs: QuerySet[Any], value: Span | None) -> QuerySet[Any]:
        return qs if value is None else qs.filter(**{f"{self.field_name}__gte": value.first})


class BeforeFilter(SpanFilter):
    """What is certainly on the day or earlier, or in the month or earlier."""

    def filter(self, qs: QuerySet[Any], value: Span | None) -> QuerySet[Any]:
        return qs if value is None else qs.filter(**{f"{self.field_name}__lte": value.last})


# What a list gets for a column that is merely named in `filterset_fields`.
OF_COLUMNS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.ForeignKey: {"filter_class": IdFilter},
    models.BooleanField: {"filter_class": FlagFilter},
    models.CharField: {"filter_class": filters.CharFilter},
}
