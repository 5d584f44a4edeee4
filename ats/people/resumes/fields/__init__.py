"""From a résumé's text to proposed fields: one file per field, each a handful of rules as data.

What is proposed is a JSON Resume document with `basics` (name, email, phone) and `education`
(institution, studyType, endDate to the month or the day). What is not sure is absent, never guessed.
"""

from __future__ import annotations

from typing import Any

from ats.people.resumes.fields.education import educations
from ats.people.resumes.fields.email import email
from ats.people.resumes.fields.lines import lines_of
from ats.people.resumes.fields.name import name
from ats.people.resumes.fields.particulars import education_of
from ats.people.resumes.fields.phone import phone
from ats.people.resumes.fields.sections import Topic, sections

MOST = 200  # lines of a section that are looked at


def propose(text: str) -> dict[str, Any]:
    """The fields that a text states."""
    found = sections(lines_of(text))
    sections_on_it = (educations(s.lines[:MOST]) for s in found if s.topic is Topic.EDUCATION)
    studies = next(filter(None, sections_on_it), [])
    basics = {"name": name(found), "email": email(found), "phone": phone(found)}
    return {
        "basics": {key: value for key, value in basics.items() if value},
        "education": studies or education_of(found),
    }
