"""The base of every serializer: what a request may not set, it may not send."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.core.json_types import spelling_faults, type_faults
from ats.models.account import normal_email
from ats.models.visibility import visible_rows


class Strict(serializers.BaseSerializer[Any]):
    """Refuses keys that no writable field reads, and values of another JSON type than the field's.

    A typing error is reported and not lost; nothing is converted silently.
    """

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            fields = {f.field_name: f for f in self._writable_fields}  # type: ignore[attr-defined]
            detail = ErrorDetail(_("There is no such field to set."), "unknown_field")
            faults: dict[str, Any] = {name: [detail] for name in sorted(set(data) - set(fields))}
            if isinstance(data, QueryDict):
                faults |= spelling_faults(fields, data)
            else:
                faults |= type_faults(fields, data)
            if faults:
                raise serializers.ValidationError(faults)
        return super().to_internal_value(data)


class StrictSerializer(Strict, serializers.Serializer[Any]):
    pass


class StrictModelSerializer(Strict, serializers.ModelSerializer[Any]):
    """Of a tenant's row. Related rows are looked up among the tenant's, by `OwnedField`.

    What `Meta.fixed` names is set at creation and never again.
    """

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        if self.instance is not None:
            for name in getattr(self.Meta, "fixed", ()):
                fields[name].read_only = True
        return fields


class EmailAddress(serializers.EmailField):
    """An address in the one spelling that is stored, and judged in that: to normalise may lengthen it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        email = normal_email(super().to_internal_value(data))
        if not email.isprintable():
            self.fail("invalid")
        return email


class OwnedField(serializers.PrimaryKeyRelatedField[Any]):
    """The id of a row of the same organisation; a foreign row is as absent as one that is not there."""

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        member = self.context["view"].membership
        return visible_rows(rows.for_org(member.organisation), member)
