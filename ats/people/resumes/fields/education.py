from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ats.common.degrees import degree_named
from ats.people.resumes.fields.degrees import degree
from ats.people.resumes.fields.months import DATES, months
from ats.people.resumes.fields.schools import school

BULLET = re.compile(r"^(?:[•◦◆▪●○■‣*·]|[-–] )")
MOST = 20


def educations(lines: list[str]) -> list[dict[str, str]]:
    """The courses of study in a section on education, in its order.

    Each has `institution` and, where they are said, `studyType` and `endDate` ("2026-06").
    """
    plain = [line for line in lines if not BULLET.match(line)]
    return [course for block in _blocks(plain) for course in _courses(block)][:MOST]


def _courses(block: list[str]) -> Iterator[dict[str, str]]:
    """What is said of one school: a course for each degree that has lines of its own."""
    institution = next(filter(None, map(school, block)))
    levels = [degree_named(degree(line)) for line in block]
    heads = [i for i, level in enumerate(levels) if level and level not in levels[:i]]
    if not heads[1:]:
        yield _course(institution, block)
        return
    above = frozenset().union(*(_tells(line) for line in block[: heads[0]] if not school(line)))
    starts = [_start(block, i, above) for i in heads]
    for start, end in pairwise([*starts, len(block)]):
        yield _course(institution, block[start:end])


def _course(institution: str, block: list[str]) -> dict[str, str]:
    found = {
        "institution": institution,
        "studyType": next(filter(None, map(degree, block)), ""),
        "endDate": max((month for line in block for month in months(line)), default=""),
    }
    return {key: value for key, value in found.items() if value}


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """One block of lines for each school. Where degrees or dates stand above the first school,
    they do so above all: a block then begins with such lines."""
    schools = [i for i, line in enumerate(lines) if school(line)]
    above = frozenset().union(*map(_tells, lines[: schools[0]])) if schools else frozenset()
    starts = [_start(lines, i, above) for i in schools]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start:end]


def _start(lines: list[str], at: int, above: frozenset[str]) -> int:
    while at and _tells(lines[at - 1]) and _tells(lines[at - 1]) <= above:
        at -= 1
    return at


def _tells(line: str) -> frozenset[str]:
    """Which of the facts a line that names no school tells."""
    tests = {"school": bool(school(line)), "degree": bool(degree(line)), "date": bool(DATES.search(line))}
    return frozenset(fact for fact, is_told in tests.items() if is_told)
