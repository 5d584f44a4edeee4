"""The courses of study in a section on education: which degree and which date belongs to which school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from ats.common.degrees import degree_named
from ats.people.resumes.fields.items import Item, Kind, items_of

MOST = 20
TWO = 2


@dataclass(slots=True)
class Course:
    """What is said of one course, in the order of the lines."""

    school: Item
    degrees: list[Item] = field(default_factory=list)
    dates: list[Item] = field(default_factory=list)

    def as_json_resume(self) -> dict[str, str]:
        found = {
            "institution": self.school.value,
            "studyType": next((item.value for item in self.degrees), ""),
            "endDate": "" if self.school.is_stay else _end(self.dates),
        }
        return {key: value for key, value in found.items() if value}


def educations(lines: list[str]) -> list[dict[str, str]]:
    """The courses of study in a section on education, in its order.

    Each has `institution` and, where they are said, `studyType` and `endDate` ("2026-06", or to the day).

    1. Each line is taken apart into schools, degrees and dates.
    2. Columns read one after the other (two schools, two degrees, two dates) are dealt out in order.
    3. Otherwise what stands between two schools is cut in two: a new course begins with whatever the first
       one begins with.
    4. A school with several degrees, each with its dates, has as many courses.
    5. Enrolment and graduation on separate lines are one course.
    """
    items = items_of(lines)
    courses = list(_columns(items)) or [course for block in _blocks(items) for course in _courses(block)]
    return [course.as_json_resume() for course in _merged(courses)][:MOST]


def _columns(items: list[Item]) -> Iterator[Course]:
    runs = [list(run) for _, run in groupby(items, key=lambda item: item.kind)]
    kinds = [run[0].kind for run in runs]
    count = len(runs[0]) if runs else 0
    is_even = all(len(run) == count for run in runs) and len(set(kinds)) == len(kinds)
    if count < TWO or not is_even or Kind.SCHOOL not in kinds or len(kinds) < TWO:
        return
    for row in zip(*runs, strict=True):
        yield _course(list(row))


def _blocks(items: list[Item]) -> Iterator[list[Item]]:
    """One block of items for each school, from where it begins."""
    schools = [i for i, item in enumerate(items) if item.kind is Kind.SCHOOL]
    above = frozenset(item.kind for item in items[: schools[0]]) if schools else frozenset()
    starts = [_start(items, i, above) for i in schools]
    for start, end in pairwise([*starts, len(items)]):
        yield items[start:end]


def _start(items: list[Item], at: int, above: frozenset[Kind]) -> int:
    """Where the course begins whose school, or degree, is at `at`: above it may stand what stands above the
    first one, but nothing that is on one line with the course before."""
    line = items[at].line
    while at and items[at - 1].kind in above:
        before = items[at - 1]
        is_of_the_last = before.line != line and any(
            item.line == before.line and item.kind is Kind.SCHOOL for item in items[:at]
        )
        if is_of_the_last:
            break
        at -= 1
    return at


def _courses(block: list[Item]) -> Iterator[Course]:
    """A course for each level of degree in the block of one school."""
    levels = [degree_named(item.value) if item.kind is Kind.DEGREE else None for item in block]
    heads = [i for i, level in enumerate(levels) if level and level not in levels[:i]]
    if not heads[1:]:
        yield _course(block)
        return
    school = next(item for item in block if item.kind is Kind.SCHOOL)
    above = frozenset(item.kind for item in block[: heads[0]] if item.kind is not Kind.SCHOOL)
    starts = [0, *(_start(block, i, above) for i in heads[1:])]
    for start, end in pairwise([*starts, len(block)]):
        yield _course([school, *(item for item in block[start:end] if item is not school)])


def _course(block: list[Item]) -> Course:
    kinds = {kind: [item for item in block if item.kind is kind] for kind in Kind}
    return Course(kinds[Kind.SCHOOL][0], kinds[Kind.DEGREE], kinds[Kind.DATE])


def _end(dates: list[Item]) -> str:
    """When a course ends: as it is said; else where its time ends; else its one date."""
    said = [item.value for item in dates if item.is_graduation]
    times = [item.value for item in dates if item.is_span]
    single = [item.value for item in dates if item.value and not item.is_enrolment]
    if said or times:
        return (said or times)[0]
    return max(single, default="") if _is_one_time(dates) else ""


def _is_one_time(dates: list[Item]) -> bool:
    """Whether single dates are one, or the two ends of a time on separate lines."""
    return len(dates) == 1 or (len(dates) == TWO and dates[1].line - dates[0].line <= 1)


def _merged(courses: list[Course]) -> Iterator[Course]:
    """Courses, of which what only says when one began at a school is joined to the next of that school."""
    for course, following in pairwise([*courses, None]):
        assert course
        is_begun = bool(course.dates) and all(item.is_enrolment for item in course.dates)
        if is_begun and following and following.school.value == course.school.value:
            following.degrees[:0] = course.degrees
            continue
        yield course
