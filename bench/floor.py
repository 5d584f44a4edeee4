"""The bare floor of the triage page: psycopg and `json.dumps`, nothing else, as a WSGI application."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from psycopg.rows import dict_row

PAGE = """
SELECT a.id, a.campaign_id, t.code, to_char(a.graduates_until, 'YYYY-MM'),
    a.stage_id, a.state, a.preference, a.source,
    a.created_at, a.stage_entered_at, a.updated_at, p.id AS posting, p.title, p.title_zh,
    c.id AS candidate, c.name, c.email, c.phone, e.institution_name, e.degree, s.member_id,
    ARRAY(SELECT g.tag_id FROM ats_tagging g WHERE g.application_id = a.id ORDER BY g.tag_id) AS tags,
    (SELECT max(round(100 * r.score / x.maximum, 2))::float8
        FROM ats_assessmentresult r JOIN ats_assessment x ON x.id = r.assessment_id
        WHERE r.application_id = a.id) AS score,
    (SELECT v.outcome FROM ats_verdict v WHERE v.application_id = a.id
        ORDER BY v.id DESC LIMIT 1) AS verdict
FROM (
    SELECT id FROM ats_application WHERE organisation_id = %s
    ORDER BY created_at DESC, id DESC LIMIT 51
) page
JOIN ats_application a USING (id)
JOIN ats_posting p ON p.id = a.posting_id
JOIN ats_candidate c ON c.id = a.candidate_id
JOIN ats_track t ON t.id = a.track_id
LEFT JOIN ats_assignment s ON s.application_id = a.id
LEFT JOIN ats_education e ON e.candidate_id = a.candidate_id AND e.is_latest
ORDER BY a.created_at DESC, a.id DESC
"""
_own = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if not hasattr(_own, "connection"):
        _own.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, row_factory=dict_row)
    organisation = int(environ["PATH_INFO"].strip("/"))
    rows = _own.connection.execute(PAGE, [organisation]).fetchall()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(rows, default=str).encode()]
