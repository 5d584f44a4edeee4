"""From a résumé's text to proposed facts: one file per field, each a handful of rules as data.

What is proposed is a JSON Resume document with `basics` (name, email, phone) and `education`
(institution, studyType, endDate to the month). What cannot be told is absent, never guessed.
"""

from __future__ import annotations

from typing import Any

from ats.people.resumes.fields.education import educations
from ats.people.resumes.fields.email import email
from ats.people.resumes.fields.lines import lines_of
from ats.people.resumes.fields.name import name
from ats.people.resumes.fields.phone import phone
from ats.people.resumes.fields.sections import head_and_education


def propose(text: str) -> dict[str, Any]:
    """The facts that a text states."""
    lines = lines_of(text)
    head, studies = head_and_education(lines)
    basics = {"name": name(head), "email": email(lines), "phone": phone(head) or phone(lines)}
    return {
        "basics": {key: value for key, value in basics.items() if value},
        "education": educations(studies),
    }
