"""Dates known to the month, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?"
)
YEAR = r"(?:19|20)\d\d"
# "2026.06", "2026-06", "2026/6", "2026 年 6 月", "06/2026", "June 2026", "Sept. 2026"
NUMERIC = rf"(?<!\d){YEAR} ?[./年-] ?(?:1[0-2]|0?[1-9])(?!\d) ?月?"
TURNED = rf"(?<!\d)(?:1[0-2]|0?[1-9])[./]{YEAR}(?!\d)"
MONTH = rf"(?:{NUMERIC}|{TURNED}|\b{NAMED} {YEAR}(?!\d))"
TO = r" ?(?:-|–|~|—|to|至|到) ?"
STILL = r"(?:present|now|current|today|ongoing|至今|今|现在|在读)"
# A course that still goes on ends nobody knows when: its beginning must not pass for its end.
OPEN = re.compile(rf"(?:{MONTH}|{YEAR}){TO}{STILL}", re.IGNORECASE)
DATES = re.compile(rf"(?:{MONTH}|\b{YEAR}\b)(?:{TO}(?:{MONTH}|{YEAR}\b|{STILL}))?", re.IGNORECASE)
ONE = re.compile(MONTH, re.IGNORECASE)


def months(text: str) -> Iterator[str]:
    """Every month that a text names, as "2026-06", but none of a span that has no end."""
    for match in ONE.finditer(OPEN.sub(" ", text)):
        yield _iso(match[0].lower())


def _iso(text: str) -> str:
    numbers = re.findall(r"\d+", text)
    year = next(number for number in numbers if len(number) == len("2026"))
    named = next((i for i, name in enumerate(NAMES, 1) if name in text), None)
    month = named or int(next(number for number in numbers if number != year))
    return f"{year}-{month:02d}"
