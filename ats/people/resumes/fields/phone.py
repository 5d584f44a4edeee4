from __future__ import annotations

import re

from ats.people.resumes.fields.months import ONE

NUMBER = re.compile(
    r"""(?<![\w.@/+-])
    (?:\(?\+\d{1,3}\)?[ .-]?)?      # country
    (?:\(\d{1,4}\)[ .-]?)?          # area
    \d{1,5}(?:[ .-]?\d{2,5}){0,4}   # number
    (?![\w@/]|[.-]\d)""",
    re.VERBOSE | re.ASCII,
)
LEAST_DIGITS, MOST_DIGITS = 9, 15  # E.164 has at most 15


def phone(lines: list[str]) -> str:
    """The first telephone number, as it is written; "" when there is none."""
    for line in lines:
        for match in NUMBER.finditer(ONE.sub(" ", line)):
            if LEAST_DIGITS <= sum(map(str.isdigit, match[0])) <= MOST_DIGITS:
                return match[0].strip()
    return ""
