"""The public lists of institutions that rules can ask for: by code, the English and the Chinese name."""

from __future__ import annotations

TIERS: dict[str, tuple[str, str]] = {
    "985": ("985", "985"),
    "211": ("211", "211"),
    "双一流": ("Double First-Class", "双一流"),
}
