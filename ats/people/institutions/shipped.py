"""The schools that ship with the product."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ats.common.reference import reference
from ats.models import Institution, Region

# Every other country is overseas.
REGIONS = {"CN": Region.MAINLAND, "HK": Region.HMT, "MO": Region.HMT, "TW": Region.HMT}


def region_of(country: str) -> Region:
    return REGIONS.get(country, Region.OVERSEAS)


@cache
def tiers_by_school() -> dict[str, list[str]]:
    """The public lists that each Chinese school is on, by its Chinese name."""
    tiers: dict[str, list[str]] = {}
    for row in reference("institutions/tiers")["list"]:
        for school in row["schools"]:
            tiers.setdefault(school, []).append(row["tier"])
    return tiers


def shipped_institutions() -> list[Institution]:
    """Every school of `fixtures/institutions/`, unsaved."""
    return [Institution(**fields) for fields in _rows()]


def _rows() -> Iterator[dict[str, Any]]:
    for row in reference("institutions/china")["institution"]:
        yield _fields({"country": "CN", **row})
    for row in reference("institutions/world")["institution"]:
        yield _fields(row)
    for name in reference("institutions/independent")["names"]:
        yield _fields({"country": "CN", "name": name, "name_zh": name})


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    tiers = tiers_by_school().get(row["name_zh"], []) if row["country"] == "CN" else []
    campuses = [name for campus in row.get("campuses", []) for name in campus]
    return {**row, "campuses": campuses, "tiers": tiers, "region": region_of(row["country"])}
