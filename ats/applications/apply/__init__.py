"""Applying: one person, one posting, once."""

from ats.applications.apply.apply import apply

__all__ = ["apply"]
