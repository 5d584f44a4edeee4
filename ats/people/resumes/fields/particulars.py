"""Education without a section: among the particulars, or on a line that says it in full."""

from __future__ import annotations

from ats.people.resumes.fields.dates import spans
from ats.people.resumes.fields.degrees import degree
from ats.people.resumes.fields.education import educations
from ats.people.resumes.fields.labels import Label, labelled
from ats.people.resumes.fields.schools import school
from ats.people.resumes.fields.sections import Section, Topic


def education_of(found: list[Section]) -> list[dict[str, str]]:
    """The one course that labels name at the top ("毕业院校：清华大学"), else those that a line states."""
    top = [line for s in found if s.topic in (Topic.HEAD, Topic.CONTACT) for line in s.lines]
    said: dict[Label, str] = {}
    for label, value in labelled(top):
        said.setdefault(label, value)
    if institution := school(said.get(Label.SCHOOL, "")):
        return [_course(institution, said)]
    if any(s.topic is Topic.EDUCATION for s in found):
        return []
    return educations([line for line in top if school(line) and degree(line)])


def _course(institution: str, said: dict[Label, str]) -> dict[str, str]:
    end = _last(said.get(Label.GRADUATION, "")) or _last(said.get(Label.PERIOD, ""))
    values = {"institution": institution, "studyType": degree(said.get(Label.DEGREE, "")), "endDate": end}
    return {key: value for key, value in values.items() if value}


def _last(text: str) -> str:
    found = spans(text)
    return found[-1].last.iso if found else ""
