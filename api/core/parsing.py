"""Reading a JSON body: bounded, unambiguous, and in one Unicode form, before anything looks at it."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import BaseParser

MOST_BYTES = 1_000_000
MOST_DEPTH = 20
MOST_ITEMS = 100_000
LARGEST_INTEGER = 2**63 - 1

# What is wrong with a value, by the code that says so.
SENTENCES = {
    "nul": gettext_lazy("The character NUL is not allowed."),
    "surrogate": gettext_lazy("Half a surrogate pair is no character."),
    "integer_too_large": gettext_lazy("An integer has at most 64 bits."),
    "not_finite": gettext_lazy("This is not a finite number."),
}


class StrictJSONParser(BaseParser):
    """JSON that PostgreSQL can store and two readers cannot understand differently.

    Refused with a 400: not UTF-8, duplicate keys, more than 20 levels, 1 MB or 100,000 values; and,
    with the position in the body, NUL, lone surrogates, NaN and infinities, integers beyond 64 bits.
    Text becomes NFC.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise ParseError(_("The body is larger than %d bytes.") % MOST_BYTES, "body_too_large")
        try:
            document = json.loads(raw.decode("utf-8"), object_pairs_hook=_without_duplicates)
        except (UnicodeDecodeError, RecursionError, ValueError) as error:
            raise ParseError(f"The body is not acceptable JSON: {_reason(error)}.") from None
        return _Cleaner().clean(document, ())


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        raise ValueError("an object has the same key twice")
    return whole


class _Cleaner:
    """Walks a parsed value once, counting."""

    def __init__(self) -> None:
        self.items = 0

    def clean(self, value: Any, path: tuple[str | int, ...]) -> Any:
        """The value with its texts in NFC. Raises ValidationError that names where a bad one is."""
        self.items += 1
        if len(path) >= MOST_DEPTH or self.items > MOST_ITEMS:
            raise ParseError(_("The body is nested too deeply or has too many values."), "body_too_large")
        if isinstance(value, dict):
            return {_leaf(key, path): self.clean(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.clean(inner, (*path, index)) for index, inner in enumerate(value)]
        return _leaf(value, path)


def _leaf(value: Any, path: tuple[str | int, ...]) -> Any:
    if code := _fault(value):
        detail: Any = [ErrorDetail(str(SENTENCES[code]), code)]
        for step in reversed(path or ("non_field_errors",)):
            detail = {str(step): detail}
        raise ValidationError(detail)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _fault(value: Any) -> str:
    """The code of what PostgreSQL could not store, or ""."""
    if isinstance(value, str):
        return text_fault(value)
    if isinstance(value, float):
        return "" if math.isfinite(value) else "not_finite"
    return "integer_too_large" if isinstance(value, int) and abs(value) > LARGEST_INTEGER else ""


def text_fault(text: str) -> str:
    """The code of what PostgreSQL could not store in a text, or ""."""
    if "\0" in text:
        return "nul"
    return "surrogate" if any("\ud800" <= char <= "\udfff" for char in text) else ""
