"""Pairs of records that look like one person."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from ats.models import Organisation

# A name is the same in whatever width, case, composition and spacing it is written.
NORMAL = r"lower(regexp_replace(normalize({}, NFKC), '\s+', '', 'g'))"
# A school that is known is one school, however it is written: 清华大学 is Tsinghua University.
STUDENTS = f"""SELECT c.*, {NORMAL.format("c.name")} AS normal_name,
        coalesce(e.institution_id::text, {NORMAL.format("e.institution_name")}) AS school,
        date_trunc('month', e.graduates_until) AS graduates_in
    FROM ats_candidate c JOIN ats_education e ON e.candidate_id = c.id AND e.is_latest"""  # noqa: S608
# What two records of one person have in common. Each is joined by what it says, by an index or a
# hash, and so costs one pass however many people there are.
REASONS: dict[str, str] = {
    "email": """ats_candidate a JOIN ats_candidate b USING (organisation_id, email)
        WHERE a.email <> ''""",
    "phone": """ats_candidate a JOIN ats_candidate b USING (organisation_id, phone_key)
        WHERE a.phone_key <> '' AND b.phone_key <> ''""",
    "name_school_graduation": f"""({STUDENTS}) a JOIN ({STUDENTS}) b
        USING (organisation_id, normal_name, school, graduates_in)
        WHERE school <> '' AND normal_name <> ''""",
}
FOUND = " UNION ALL ".join(
    f"""SELECT a.id AS newer, b.id AS older, '{reason}' AS reason FROM {having}
    AND organisation_id = %(organisation)s AND b.id < a.id
    AND coalesce(a.merged_into_id, a.id) <> coalesce(b.merged_into_id, b.id)"""  # noqa: S608
    for reason, having in REASONS.items()
)
PAIRS = f"""
SELECT newer, older, array_agg(reason ORDER BY reason) FROM ({FOUND}) found
WHERE (newer, older) < (%(newer)s, %(older)s)
    AND NOT EXISTS (SELECT FROM ats_dismissedpair d
        WHERE d.newer_id = found.newer AND d.older_id = found.older)
GROUP BY newer, older ORDER BY newer DESC, older DESC LIMIT %(limit)s
"""  # noqa: S608
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two candidates, by id, and what they have in common, by the keys of `REASONS`."""

    newer: int
    older: int
    reasons: list[str]


def pairs_of(
    organisation: Organisation, *, limit: int, before: tuple[int, int] = (LARGEST_ID, LARGEST_ID)
) -> list[Pair]:
    """Pairs that nobody has merged or dismissed, the newest first, from below `before` (newer, older) on."""
    facts = {"organisation": organisation.pk, "newer": before[0], "older": before[1], "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, facts)
        return [Pair(*row) for row in cursor.fetchall()]
