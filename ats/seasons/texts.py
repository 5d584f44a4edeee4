"""From a posting as `fixtures/season/` writes it to what the tables hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from ats.leaves.reference import reference
from ats.models import Location, Organisation


def facts_of(row: dict[str, Any]) -> dict[str, Any]:
    """What a posting says: titles, kind, programme, whether it is about AI, and its texts."""
    return {
        "title": row["title"],
        "title_zh": row["title_zh"],
        "kind": row["kind"],
        "programme": row.get("programme", ""),
        "is_ai": row.get("ai", False),
        "description": _both(row, "description"),
        "requirements": _both(row, "requirements"),
    }


def _both(row: dict[str, Any], name: str) -> str:
    """The text, and below it the English version where there is one."""
    return "\n\n".join(row[key].strip() for key in (name, f"{name}_en") if key in row)


def window_of(campaign: dict[str, Any]) -> str:
    """The graduation window of a campaign as its two outermost days, "" for none."""
    if "graduation_from" not in campaign:
        return ""
    last = campaign["graduation_until"] - timedelta(days=1)
    return f"{campaign['graduation_from']} to {last}"


def rules_of(row: dict[str, Any]) -> dict[str, Any] | None:
    """The tree of eligibility rules of a campaign or a posting; None where it asks for nothing."""
    rules = list(row.get("rules", []))
    if "graduation_from" in row:
        last = row["graduation_until"] - timedelta(days=1)
        span = {"from": str(row["graduation_from"]), "to": str(last)}
        rules.insert(0, {"kind": "graduation_window", "params": {"ranges": [span]}})
    return {"all": rules} if rules else None


def locations_of(organisation: Organisation, keys: Iterable[str]) -> list[Location]:
    """The organisation's locations for keys of `fixtures/locations.toml`; made at their first use."""
    rows = [reference("locations")[key] for key in keys]
    Location.objects.bulk_create(
        [Location(organisation=organisation, **row) for row in rows], ignore_conflicts=True
    )
    names = [row["name"] for row in rows]
    return list(Location.objects.for_org(organisation).filter(name__in=names))
