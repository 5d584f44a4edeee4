"""Ranges of days as params write them: each end a month, the whole of it, or a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from ats.common.errors import Invalid
from ats.common.months import Span, span_named


def named(text: str) -> Span:
    """The days of a text that fits the schema."""
    found = span_named(text)
    assert found is not None  # the schema has the same format
    return found


def day_range(params: Mapping[str, str], at: str) -> tuple[date, date]:
    """From the first day of `from` to the last day of `to`. Raises Invalid for an empty range."""
    first, last = named(params["from"]).first, named(params["to"]).last
    if first > last:
        raise Invalid("range_empty", _("The range ends before it begins."), field=f"{at}.to")
    return first, last
