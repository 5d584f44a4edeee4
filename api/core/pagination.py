"""Keyset pages: as quick at the millionth row as at the first, and no row twice while rows arrive."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError as BadValue
from django.db import models
from django.utils.timezone import is_naive
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

MOST = 200
USUAL = 50


class RowComparison(models.Func):
    """`(a, b) < (1, 2)`: one bound that an index on (a, b) serves."""

    output_field = models.BooleanField()

    def __init__(self, names: Sequence[str], operator: str, values: Sequence[Any]) -> None:
        super().__init__(*(models.F(name) for name in names), *map(models.Value, values))
        self.operator = operator

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:  # type: ignore[override]
        parts = [compiler.compile(source) for source in self.get_source_expressions()]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _ in side) for side in (parts[:half], parts[half:]))
        params = [param for _, bound in parts for param in bound]
        return f"({left}) {self.operator} ({right})", params


class KeysetPagination(BasePagination):
    """Pages by the view's `ordering`: model fields that all go the same way and end in `id`.

    The answer is `{"results": […], "next": URL or null}` with the same URL as an RFC 8288 `Link`.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        ordering: Sequence[str] = view.ordering  # type: ignore[union-attr]
        self.request, self.names = request, [name.lstrip("-") for name in ordering]
        size = page_size(request.query_params)
        page = queryset.order_by(*ordering)
        if cursor := request.query_params.get("cursor"):
            values = decode_cursor(cursor, [queryset.model._meta.get_field(n) for n in self.names])
            operator = "<" if ordering[0].startswith("-") else ">"
            page = page.filter(RowComparison(self.names, operator, values))
        rows = list(page[: size + 1])
        self.last = rows[size - 1] if len(rows) > size else None
        return rows[:size]

    def get_paginated_response(self, data: Any) -> Response:
        row = self.last
        if row is None:
            return page_response(self.request, data, None)
        keys = [row[n] if isinstance(row, dict) else getattr(row, n) for n in self.names]
        return page_response(self.request, data, keys)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        following = {"type": ["string", "null"], "format": "uri"}
        properties = {"results": schema, "next": following}
        return {"type": "object", "required": ["results", "next"], "properties": properties}

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        return [
            _parameter("cursor", {"type": "string"}, "Where the page begins: taken from `next`."),
            _parameter("page_size", size, "Rows in a page."),
        ]


def page_response(request: Request, rows: Any, last_keys: Sequence[Any] | None) -> Response:
    """The answer with a page of rows; `last_keys` are the last row's keys when there are more."""
    if last_keys is None:
        return Response({"results": rows, "next": None})
    cursor = encode_cursor(last_keys)
    following = replace_query_param(request.build_absolute_uri(), "cursor", cursor)
    headers = {"Link": f'<{following}>; rel="next"'}
    return Response({"results": rows, "next": following}, headers=headers)


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def page_size(query: Mapping[str, str]) -> int:
    """The number of rows that a request asks for."""
    text = query.get("page_size", str(USUAL))
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and 1 <= int(text) <= MOST:
        return int(text)
    raise ValidationError({"page_size": [f"Give a number from 1 to {MOST}."]}, "page_size_invalid")


def encode_cursor(values: Sequence[Any]) -> str:
    """The keys of a row as a text that goes into an address; instants keep their microseconds."""
    text = json.dumps(values, default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, fields: Sequence[Any]) -> list[Any]:
    """The values of a cursor. Anything that this server did not hand out is a 400."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = [field.clean(v, None) for field, v in zip(fields, json.loads(raw), strict=True)]
        if not any(map(_is_loose, values)) and encode_cursor(values) == cursor:
            return values
    except (ValueError, TypeError, BadValue, RecursionError):
        pass
    sentence = "This cursor was not given out by this list: start without one."
    raise ValidationError({"cursor": [sentence]}, "cursor_invalid")


def _is_loose(value: Any) -> bool:
    """Whether a value has no certain position in an ordering: none, or a time without a zone."""
    return value is None or (isinstance(value, datetime) and is_naive(value))
