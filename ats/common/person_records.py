"""SQL for the whole person that a candidate's record is one of."""

from __future__ import annotations

RECORDS = """(coalesce({0}.merged_into_id, {0}.id) || ARRAY(
    SELECT id FROM ats_candidate WHERE merged_into_id = coalesce({0}.merged_into_id, {0}.id)))"""


def records_of(alias: str) -> str:
    """The ids of all records of the person, an array, where `alias` is a row of candidates."""
    return RECORDS.format(alias)
