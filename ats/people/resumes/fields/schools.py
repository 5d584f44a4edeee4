from __future__ import annotations

import re

from ats.people.resumes.fields.degrees import DEGREE
from ats.people.resumes.fields.months import DATES

WORDS = (
    *("University", "Université", "Universität", "Universidad", "Università", "Universidade", "College"),
    *("Institute", "School", "Academy", "Polytechnic", "Politecnico", "Hochschule", "École", "Ecole"),
    *("ETH", "EPFL", "MIT", "Caltech", "UCLA", "KAIST", "NUS", "NTU", "HKUST"),
)
# A name begins with a capital: "the university" is none.
_LATIN = "|".join(re.escape(spelling) for word in WORDS for spelling in (word, word.upper()))
SCHOOL = re.compile(rf"\b(?:{_LATIN})\b|(?:大学|学院|学校|中学)")
NOT_A_SCHOOL = re.compile(r"high school diploma|coursework|gpa", re.IGNORECASE)
# Names of which a comma is a part: without the campus they name no one school.
SYSTEMS = frozenset(
    f"{first} {state}".casefold()
    for first, states in {
        "University of": "California|Texas|Wisconsin|Illinois|Michigan|Massachusetts|Maryland|"
        "Minnesota|North Carolina|Colorado|Tennessee|Missouri|Nebraska|Hawaii|Alabama|Alaska",
    }.items()
    for state in states.split("|")
) | {"california state university", "state university of new york", "city university of new york"}
# Between Chinese words a space parts like a comma: "清华大学 本科".
PARTS = re.compile(r"\s*(?:[,;|·•()]| – | - |(?<=[一-鿿]) (?=[一-鿿]))\s*")
EDGES = " ,;:|·•–-()"
LONGEST = 200


def school(line: str) -> str:
    """The school that a line of a section on education names; "" when it names none."""
    parts = [part.strip(EDGES) for part in PARTS.split(DATES.sub("|", line))]
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if SCHOOL.search(part) and not NOT_A_SCHOOL.search(part):
            whole = f"{part}, {following}" if part.casefold() in SYSTEMS and following else part
            return _without_degree(whole)[:LONGEST]
    return ""


def _without_degree(name: str) -> str:
    """Some write the degree before the school, with nothing between: "PhD Princeton University"."""
    match = DEGREE.match(name)
    return name[match.end() :].strip(EDGES) if match else name
