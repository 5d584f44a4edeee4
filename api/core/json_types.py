"""Which JSON type each kind of field takes. Nothing is converted: 153.9 is no integer, "off" no boolean.

In forms and queries every value is a text: there each kind has one spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.core.spellings import DECIMAL, INSTANT, NO_OFFSET, OFFSET, WHOLE_NUMBER

SENTENCES = {
    "not_an_integer": _("Give a whole number, without quotation marks."),
    "not_a_number": _("Give a number."),
    "not_a_boolean": _("Give true or false, without quotation marks."),
    "not_a_string": _("Give a text, in quotation marks."),
    "offset_missing": NO_OFFSET,
}
Fault = ErrorDetail | dict[int, list[ErrorDetail]]


def _integer(value: Any) -> str:
    return "" if type(value) is int else "not_an_integer"


def _number(value: Any) -> str:
    is_written = isinstance(value, str) and DECIMAL.fullmatch(value)
    return "" if is_written or type(value) in (int, float) else "not_a_number"


def _boolean(value: Any) -> str:
    return "" if type(value) is bool else "not_a_boolean"


def _string(value: Any) -> str:
    return "" if isinstance(value, str) else "not_a_string"


def _instant(value: Any) -> str:
    if not isinstance(value, str):
        return "not_a_string"
    return "offset_missing" if INSTANT.fullmatch(value) and not OFFSET.search(value) else ""


def _choice(field: serializers.ChoiceField, value: Any) -> str:
    return _integer(value) if all(type(one) is int for one in field.choices) else _string(value)


# The first kind that a field is. What stands in no row checks its type itself.
KINDS: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], Any], ...] = (
    (serializers.BooleanField, _boolean),
    (serializers.IntegerField, _integer),
    (serializers.FloatField, _number),
    (serializers.DecimalField, _number),
    (serializers.DateTimeField, _instant),
    (serializers.DateField, _string),
    (serializers.TimeField, _string),
    (serializers.UUIDField, _string),
    (serializers.CharField, _string),
    (serializers.PrimaryKeyRelatedField, _integer),
    (serializers.SlugRelatedField, _string),
)


# The same of texts: what a form or a query has instead of numbers and booleans.
SPELLINGS: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], str, re.Pattern[str]], ...] = (
    (serializers.BooleanField, "not_a_boolean", re.compile("true|false")),
    (serializers.IntegerField, "not_an_integer", WHOLE_NUMBER),
    (serializers.PrimaryKeyRelatedField, "not_an_integer", WHOLE_NUMBER),
    (serializers.DecimalField, "not_a_number", DECIMAL),
)


def spelling_faults(fields: Mapping[str, Any], data: QueryDict) -> dict[str, list[ErrorDetail]]:
    """By the name of the field what is wrong with how its value in a form or a query is written."""
    found = {
        name: code
        for name, field in fields.items()
        for kind, code, spelling in SPELLINGS
        if isinstance(field, kind) and not all(map(spelling.fullmatch, data.getlist(name)))
    }
    return {name: [ErrorDetail(str(SENTENCES[code]), code)] for name, code in found.items()}


def type_faults(fields: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, list[ErrorDetail] | Fault]:
    """By the name of the field what is wrong with the type of its value; absent and null are not judged."""
    given = ((name, field, data[name]) for name, field in fields.items() if data.get(name) is not None)
    found = ((name, _fault(field, value)) for name, field, value in given)
    return {name: [fault] if isinstance(fault, ErrorDetail) else fault for name, fault in found if fault}


def _fault(field: Any, value: Any) -> Fault | None:
    child = getattr(field, "child_relation", None) or getattr(field, "child", None)
    if child is not None and not isinstance(child, serializers.BaseSerializer):
        return _faults_of_items(child, value) if isinstance(value, list) else None
    code = _code(field, value)
    return ErrorDetail(str(SENTENCES[code]), code) if code else None


def _faults_of_items(child: Any, values: list[Any]) -> dict[int, list[ErrorDetail]]:
    found = ((index, _fault(child, value)) for index, value in enumerate(values) if value is not None)
    return {index: [fault] for index, fault in found if isinstance(fault, ErrorDetail)}


def _code(field: Any, value: Any) -> str:
    if isinstance(field, serializers.ChoiceField) and not isinstance(field, serializers.MultipleChoiceField):
        return _choice(field, value)
    judge = next((judge for kind, judge in KINDS if isinstance(field, kind)), None)
    return judge(value) if judge else ""
