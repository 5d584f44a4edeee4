"""A file that is a JSON Resume already states its facts; only the shape is checked."""

from __future__ import annotations

import json
import re
from typing import Any

from ats.people.resumes.errors import ResumeError
from ats.people.resumes.readers.txt import decode

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
LONGEST = {"name": 200, "email": 254, "phone": 40, "institution": 200, "area": 200, "studyType": 100}
MOST = 20


def propose(data: bytes) -> dict[str, Any]:
    """The facts of a JSON Resume. Raises Trouble("not_json_resume")."""
    try:
        document = json.loads(decode(data))
        basics, entries = document["basics"], document.get("education") or []
        return {
            "basics": _texts(basics, ("name", "email", "phone")),
            "education": [_education(entry) for entry in entries[:MOST] if entry.get("institution")],
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResumeError("not_json_resume") from error


def _education(entry: dict[str, Any]) -> dict[str, str]:
    days = {key: MONTH.match(str(entry.get(key, ""))) for key in ("startDate", "endDate")}
    texts = _texts(entry, ("institution", "area", "studyType"))
    return texts | {key: match[0] for key, match in days.items() if match}


def _texts(source: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    found = {key: source[key] for key in keys if isinstance(source.get(key), str)}
    return {key: text.strip()[: LONGEST[key]] for key, text in found.items() if text.strip()}
