from __future__ import annotations

import re
from itertools import pairwise

from ats.common.reference import reference

_HEADINGS = reference("resume_headings")
EDUCATION = frozenset(_HEADINGS["education"])
OTHERS = frozenset(_HEADINGS["others"])
TRIM = re.compile(r"^[\W\d_]+|[\W_]+$")


def heading(line: str) -> str:
    """The line as it would stand in the lists of headings."""
    return TRIM.sub("", line).casefold()


def head_and_education(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines above the first heading, and those of the section on education."""
    names = [heading(line) for line in lines]
    starts = [i for i, name in enumerate(names) if name in EDUCATION or name in OTHERS]
    head = lines[: starts[0]] if starts else lines
    for start, end in pairwise([*starts, len(lines)]):
        if names[start] in EDUCATION:
            return head, lines[start + 1 : end]
    return head, []
