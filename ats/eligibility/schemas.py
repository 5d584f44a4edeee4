"""Building blocks for the JSON Schemas of rule kinds. They validate, document, and suffice to draw a form.

`title` and `title_zh` name a field, `labels` the values of an enum, `unit` what a number counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ats.common.countries import countries
from ats.common.json_schemas import COUNTRY, LONGEST_TEXT, MONTH_OR_DAY, MOST_VALUES, NOT_BLANK, Schema
from ats.eligibility.text import Text

DAYS = Text("days", "天")
WEEKS = Text("weeks", "周")
MONTHS = Text("months", "个月")
YEARS = Text("years", "年")
PERCENT = Text("percent", "%")


def params(
    title: Text,
    properties: Mapping[str, Schema] | None = None,
    *,
    required: Iterable[str] = (),
    least: int = 0,
    together: Mapping[str, list[str]] | None = None,
) -> Schema:
    """The params of a kind: `least` of them have to be given, and with one of `together` its others."""
    schema = titled(title, {"type": "object", "properties": dict(properties or {})})
    schema |= {"required": list(required), "additionalProperties": False}
    if least:
        schema["minProperties"] = least
    if together:
        schema["dependentRequired"] = dict(together)
    return schema


def titled(title: Text, schema: Schema) -> Schema:
    return {"title": title.en, "title_zh": title.zh, **schema}


def integer(title: Text, least: int, most: int, *, unit: Text | None = None) -> Schema:
    schema = titled(title, {"type": "integer", "minimum": least, "maximum": most})
    return {**schema, "unit": unit.document()} if unit else schema


def number(title: Text, least: float, most: float, *, unit: Text | None = None) -> Schema:
    schema = titled(title, {"type": "number", "minimum": least, "maximum": most})
    return {**schema, "unit": unit.document()} if unit else schema


def choice(title: Text, labels: Mapping[str, Text]) -> Schema:
    """One of the keys of `labels`."""
    shown = {value: label.document() for value, label in labels.items()}
    return titled(title, {"type": "string", "enum": list(labels), "labels": shown})


def text(title: Text) -> Schema:
    return titled(title, {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT, "pattern": NOT_BLANK})


def several(title: Text, item: Schema) -> Schema:
    return titled(
        title,
        {"type": "array", "items": item, "minItems": 1, "maxItems": MOST_VALUES, "uniqueItems": True},
    )


def country(title: Text) -> Schema:
    labels = {code: Text(*names).document() for code, names in countries().items()}
    return titled(title, {**COUNTRY, "enum": list(labels), "labels": labels})


def month_or_day(title: Text) -> Schema:
    return titled(title, MONTH_OR_DAY)


def span(title: Text, *, least: int = 2) -> Schema:
    """A range of days; with `least` 1 it may be open at one end."""
    ends = {"from": month_or_day(Text("From", "自")), "to": month_or_day(Text("To", "至"))}
    schema: Schema = {"type": "object", "properties": ends, "additionalProperties": False}
    schema |= {"required": list(ends)} if least == 2 else {"minProperties": least}  # noqa: PLR2004
    return titled(title, schema)
