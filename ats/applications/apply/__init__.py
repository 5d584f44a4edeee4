"""Applying: one person, one posting, once."""

from ats.applications.apply.apply import apply_to_posting

__all__ = ["apply_to_posting"]
