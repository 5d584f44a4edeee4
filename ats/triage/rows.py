"""The rows of the triage list. Hand-written SQL: this is the hottest read, and it selects what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ats.common.prepared_statements import fetch_prepared

# As people write it: the month, or the day where it is known.
GRADUATION = """CASE WHEN a.graduates_from = a.graduates_until THEN a.graduates_until::text
    ELSE to_char(a.graduates_until, 'YYYY-MM') END"""
# What is shown, by the name it has in the answer.
APPLICATION = {
    "id": "a.id",
    "campaign": "a.campaign_id",
    "track": "t.code",
    "graduation": GRADUATION,
    "preferred_met": "a.preferred_met",
    "stage": "a.stage_id",
    "state": "a.state",
    "preference": "a.preference",
    "source": "a.source",
    "created_at": "a.created_at",
    "stage_entered_at": "a.stage_entered_at",
    "updated_at": "a.updated_at",
}
TAGS = "ARRAY(SELECT g.tag_id FROM ats_tagging g WHERE g.application_id = a.id ORDER BY g.tag_id)"
# The best of the written tests, in percent of what can be had there.
SCORE = """(SELECT max(round(100 * r.score / x.maximum, 2))::float8
    FROM ats_assessmentresult r JOIN ats_assessment x ON x.id = r.assessment_id
    WHERE r.application_id = a.id)"""
VERDICT = "(SELECT v.outcome FROM ats_verdict v WHERE v.application_id = a.id ORDER BY v.id DESC LIMIT 1)"
WORK = {"tags": TAGS, "score": SCORE, "verdict": VERDICT, "member": "s.member_id"}
POSTING = {"id": "p.id", "title": "p.title", "title_zh": "p.title_zh"}
CANDIDATE = {
    "id": "c.id",
    "name": "c.name",
    "email": "c.email",
    "phone": "c.phone",
    "institution_name": "e.institution_name",
    "degree": "e.degree",
}
ROWS = f"""
SELECT {", ".join((*APPLICATION.values(), *WORK.values(), *POSTING.values(), *CANDIDATE.values()))}
FROM unnest(%s::bigint[]) WITH ORDINALITY asked(id, position)
JOIN ats_application a ON a.id = asked.id
JOIN ats_posting p ON p.id = a.posting_id
JOIN ats_candidate c ON c.id = a.candidate_id
JOIN ats_track t ON t.id = a.track_id
LEFT JOIN ats_assignment s ON s.application_id = a.id
LEFT JOIN ats_education e ON e.candidate_id = a.candidate_id AND e.is_latest
ORDER BY asked.position
"""  # noqa: S608
COLUMNS = (*APPLICATION, *WORK)
POSTING_AT = len(COLUMNS)
CANDIDATE_AT = POSTING_AT + len(POSTING)


def load_rows(applications: Sequence[int]) -> list[dict[str, Any]]:
    """What the list shows of these applications, in their order. The caller has scoped them to a tenant."""
    return [_row(record) for record in fetch_prepared(ROWS, [list(applications)])]


def _row(record: tuple[Any, ...]) -> dict[str, Any]:
    row: dict[str, Any] = dict(zip(COLUMNS, record[:POSTING_AT], strict=True))
    row["posting"] = dict(zip(POSTING, record[POSTING_AT:CANDIDATE_AT], strict=True))
    row["candidate"] = dict(zip(CANDIDATE, record[CANDIDATE_AT:], strict=True))
    return row
