"""Applying: one person, one posting, once."""

from ats.applying.apply import apply

__all__ = ["apply"]
