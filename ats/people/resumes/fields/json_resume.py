"""A file that is a JSON Resume already states its fields; only the shape is checked."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from ats.people.resumes.errors import ResumeError

DATE = re.compile(r"((?:19|20)\d\d-(?:0[1-9]|1[0-2]))(?:-(\d\d))?(?!\d)")
LONGEST = {"name": 200, "email": 254, "phone": 40, "institution": 200, "area": 200, "studyType": 100}
MOST = 20


def propose(text: str) -> dict[str, Any]:
    """The fields of a JSON Resume. Raises ResumeError("not_json_resume")."""
    try:
        document = json.loads(text)
        basics, entries = document["basics"], document.get("education") or []
        return {
            "basics": _texts(basics, ("name", "email", "phone")),
            "education": [_education(entry) for entry in entries[:MOST] if entry.get("institution")],
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResumeError("not_json_resume") from error


def _education(entry: dict[str, Any]) -> dict[str, str]:
    dates = {key: _date(str(entry.get(key, ""))) for key in ("startDate", "endDate")}
    texts = _texts(entry, ("institution", "area", "studyType"))
    return texts | {key: value for key, value in dates.items() if value}


def _date(text: str) -> str:
    """A date to the day where it names one that exists ("2026-06-15"), else to the month; "" for others."""
    match = DATE.match(text)
    if match is None:
        return ""
    try:
        return date.fromisoformat(match[0]).isoformat() if match[2] else match[1]
    except ValueError:
        return match[1]


def _texts(source: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    found = {key: source[key] for key in keys if isinstance(source.get(key), str)}
    return {key: text.strip()[: LONGEST[key]] for key, text in found.items() if text.strip()}
