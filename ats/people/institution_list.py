"""The schools that ship with the product."""

from __future__ import annotations

from typing import Any

from ats.common.reference import reference
from ats.models import Institution, Region

# Every other country is overseas.
REGIONS = {
    "CN": Region.MAINLAND,
    "HK": Region.HMT,
    "MO": Region.HMT,
    "TW": Region.HMT,
}


def region_of(country: str) -> Region:
    return REGIONS.get(country, Region.OVERSEAS)


def load_institutions() -> None:
    """Add the schools that are not known yet, in one statement; those that are stay as they are."""
    Institution.objects.bulk_create(
        [_institution(row) for row in reference("institutions")["institution"]],
        ignore_conflicts=True,
    )


def _institution(row: dict[str, Any]) -> Institution:
    return Institution(
        name=row["name"],
        name_zh=row["name_zh"],
        country=row["country"],
        region=region_of(row["country"]),
        tiers=row["tiers"],
        hosts=[row["host"]],
        aliases=[alias.casefold() for alias in row["aliases"]],
    )
