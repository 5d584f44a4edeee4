"""What the lines of a section on education say, as a sequence of items: schools, degrees, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ats.common.reference import reference
from ats.people.resumes.fields.dates import Span, spans
from ats.people.resumes.fields.degrees import degrees
from ats.people.resumes.fields.lines import CELL
from ats.people.resumes.fields.schools import Rank, schools
from ats.people.resumes.fields.words import any_of

_LISTS = reference("resume_schools")
NOISE = re.compile(any_of(_LISTS["noise"]), re.IGNORECASE)
AWARD = re.compile(any_of(set(_LISTS["noise"]) - set(_LISTS["marks"])), re.IGNORECASE)
GRADUATION = re.compile(any_of(_LISTS["graduation"]), re.IGNORECASE)
ENROLMENT = re.compile(any_of(_LISTS["enrolment"]), re.IGNORECASE)
STAY = re.compile(any_of(_LISTS["stays"]), re.IGNORECASE)
BULLET = re.compile(r"^(?:[•◦◆▪●○■‣*·➢➤\uf0b7]|[-–] |#{1,6} )\s*")
NEAR = 30  # characters between a word such as "expected" and its date


class Kind(StrEnum):
    SCHOOL = "school"
    DEGREE = "degree"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Item:
    """`value` is a school's name, a degree, or the end of studies ("" where it is not known)."""

    kind: Kind
    line: int
    value: str
    is_span: bool = False
    is_graduation: bool = False  # said to be one
    is_enrolment: bool = False
    is_stay: bool = False  # of a school that one only visits


def items_of(lines: list[str]) -> list[Item]:
    """The items of a section in its order.

    1. Bullets below schools are remarks: of them only what is said to be a graduation counts.
    2. A department counts only where no line names a whole school.
    3. A date in a line about marks or awards counts only beside a school or a degree, or as a graduation.
    """
    is_listed = all(BULLET.match(line) for line in lines if _names_school(line))
    least = min(
        Rank.SCHOOL, max((found.rank for line in lines for found in schools(line)), default=Rank.SCHOOL)
    )
    return [
        item
        for number, line in enumerate(lines)
        for item in _items(BULLET.sub("", line), number, least)
        if is_listed or not BULLET.match(line) or line.startswith("#") or item.is_graduation
    ]


def _names_school(line: str) -> bool:
    return any(found.rank for found in schools(BULLET.sub("", line)))


def _items(line: str, number: int, least: Rank) -> list[Item]:
    is_stay = bool(STAY.search(line))
    found = [
        (school.begin, Item(Kind.SCHOOL, number, school.name, is_stay=is_stay))
        for school in schools(line)
        if school.rank >= least
    ]
    found += [
        (match.start(), Item(Kind.DEGREE, number, match[0].strip()))
        for match in degrees(line)
        if not NOISE.search(_cell_before(line, match.start()))
    ]
    is_beside = bool(found)
    found += [(span.begin, item) for span, item in _dates(line, number, is_beside=is_beside)]
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _cell_before(line: str, at: int) -> str:
    return line[:at].rsplit(CELL, 1)[-1]


def _dates(line: str, number: int, *, is_beside: bool) -> Iterator[tuple[Span, Item]]:
    """The dates of a line that may end a course; `is_beside` says that a school or a degree is there too."""
    for span in spans(line):
        before = line[: span.begin].rsplit(CELL, 1)[-1]
        after = line[span.end :].split(CELL, 1)[0]
        is_graduation, is_enrolment = _said(before[-NEAR:], after[:NEAR], span)
        is_remark = NOISE.search(before) if is_beside else NOISE.search(before) or AWARD.search(after)
        if is_remark and not is_graduation and not (span.first and is_beside):
            continue
        is_graduation = is_graduation and bool(span.last.iso)
        yield span, Item(Kind.DATE, number, span.last.iso, bool(span.first), is_graduation, is_enrolment)


def _said(before: str, after: str, span: Span) -> tuple[bool, bool]:
    """Whether a date is said to be a graduation, or an enrolment: by the nearest word."""
    if span.first:
        return bool(GRADUATION.search(after[:4])), False
    ends = [match.end() for match in GRADUATION.finditer(before)]
    starts = [match.end() for match in ENROLMENT.finditer(before)]
    if ends or starts:
        return max(ends, default=-1) > max(starts, default=-1), max(starts, default=-1) > max(
            ends, default=-1
        )
    end, start = GRADUATION.search(after), ENROLMENT.search(after)
    if end and (not start or end.start() < start.start()):
        return True, False
    return False, bool(start)
