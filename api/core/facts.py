"""What a person states of themselves, as far as eligibility asks: fields made from the table of facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.core.serializers import StrictSerializer
from ats.common.countries import is_country
from ats.common.json_schemas import Schema
from ats.common.months import Span, span_named
from ats.models.facts import FACTS


class CountryField(serializers.RegexField):
    """An ISO 3166-1 code of two letters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Z]{2}$", **kwargs)

    def to_internal_value(self, data: Any) -> str:
        code: str = super().to_internal_value(data)
        if not is_country(code):
            raise serializers.ValidationError(_("There is no country with this code."), "unknown_country")
        return code


class SpanText(serializers.CharField):
    """A month such as 2027-06 or a day such as 2027-06-30, as it is written."""

    default_error_messages = {"invalid": _("Give a month such as 2026-06 or a day such as 2026-06-30.")}

    def to_internal_value(self, data: Any) -> Any:
        text: str = super().to_internal_value(data)
        if span_named(text) is None:
            self.fail("invalid")
        return text


class SpanField(SpanText):
    """The same, as the days that it stands for."""

    def to_internal_value(self, data: Any) -> Any:
        found: Span | None = span_named(super().to_internal_value(data))
        assert found is not None
        return found


class DayText(serializers.DateField):
    """A day, as it is written."""

    def to_internal_value(self, value: Any) -> Any:
        day: date = super().to_internal_value(value)
        return day.isoformat()


Made = Callable[[Schema, dict[str, Any]], Any]
FORMATS: dict[str, type[serializers.Field[Any, Any, Any, Any]]] = {
    "country": CountryField,
    "month-or-day": SpanText,
    "date": DayText,
}
TYPES: dict[str, Made] = {
    "integer": lambda schema, more: serializers.IntegerField(
        min_value=schema["minimum"], max_value=schema["maximum"], **more
    ),
    "number": lambda schema, more: serializers.FloatField(
        min_value=schema["minimum"], max_value=schema["maximum"], **more
    ),
    "boolean": lambda schema, more: serializers.BooleanField(**more),
    "string": lambda schema, more: serializers.CharField(max_length=schema["maxLength"], **more),
    "array": lambda schema, more: _list(schema, more),  # noqa: PLW0108  (it is defined below)
}


def field_of(schema: Schema, **more: Any) -> Any:
    """A field that takes what fits a JSON Schema of the table of facts."""
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]](**more)
    if "enum" in schema:
        return serializers.ChoiceField(choices=schema["enum"], **more)
    return TYPES[schema["type"]](schema, more)


def _list(schema: Schema, more: dict[str, Any]) -> Any:
    item = schema["items"]
    if item["type"] == "object":
        row: Any = _row(item)
        return row(many=True, max_length=schema["maxItems"], **more)
    return serializers.ListField(child=field_of(item), max_length=schema["maxItems"], **more)


def _row(schema: Schema) -> type[StrictSerializer]:
    required = schema.get("required", ())
    fields = {
        name: field_of(inner, required=name in required) for name, inner in schema["properties"].items()
    }
    return type(schema["title"], (StrictSerializer,), fields)


GivenFacts: type[StrictSerializer] = type(
    "GivenFacts",
    (StrictSerializer,),
    {
        "__doc__": "All may be left out; what a rule asks for and is not here gives the outcome `unknown`.",
        **{
            name: field_of(fact.schema, required=False, help_text=fact.help)
            for name, fact in FACTS.items()
            if fact.schema is not None
        },
    },
)
