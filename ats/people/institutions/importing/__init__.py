"""Lists of schools from files, and the shipped one: read, matched with what is known, reported."""

from ats.people.institutions.importing.saving import import_institutions, load_institutions

__all__ = ["import_institutions", "load_institutions"]
