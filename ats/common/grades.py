"""Grades with their scales. Grades of different scales are not comparable, so none is converted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ats.common.json_schemas import Schema

RANK = "rank"
LARGEST_CLASS = 100_000

GRADE: Schema = {
    "type": "array",
    "maxItems": 20,
    "items": {
        "title": "Grade",
        "type": "object",
        "properties": {
            "value": {"type": "number", "minimum": 0, "maximum": 100},
            "scale": {"type": "number", "minimum": 1, "maximum": 100},
            "rank": {"type": "integer", "minimum": 1, "maximum": LARGEST_CLASS},
            "of": {"type": "integer", "minimum": 1, "maximum": LARGEST_CLASS},
        },
        "dependentRequired": {"value": ["scale"], "scale": ["value"], "rank": ["of"], "of": ["rank"]},
        "minProperties": 2,
        "additionalProperties": False,
    },
}


def scale_key(scale: float) -> str:
    """The name of a scale in the stored fact: "4", "4.3", "100"."""
    return f"{scale:g}"


def grades_by_scale(grades: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """The best grade by scale; under "rank" the best rank, in percent of the class from its top.

    What is more than its scale, or behind the last of a class, says nothing.
    """
    best: dict[str, float] = {}
    for grade in grades:
        value, scale, rank, size = (grade.get(name) for name in ("value", "scale", "rank", "of"))
        if value is not None and scale and value <= scale:
            key = scale_key(scale)
            best[key] = max(best.get(key, 0), value)
        if rank and size and rank <= size:
            best[RANK] = min(best.get(RANK, 100), 100 * rank / size)
    return best
