"""The orders of the triage list. Each is served by indexes of its own: see `Application`."""

from __future__ import annotations

USUAL = "newest"
ORDERS: dict[str, tuple[str, ...]] = {
    "newest": ("-created_at", "-id"),
    "oldest": ("created_at", "id"),
    "longest_in_stage": ("stage_entered_at", "id"),
    "latest_in_stage": ("-stage_entered_at", "-id"),
    "graduation": ("graduates_by", "id"),
    "preferred": ("-preferred_met", "-id"),
}
