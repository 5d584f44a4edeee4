"""Dates and spans of dates in a line, as people write them in ten languages.

A date is known to the month ("2026-06") or to the day ("2026-06-15"); a bare year is kept apart, as
it names no month. An order that is not clear (03/04/2026) names no month either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ats.common.reference import reference

_WORDS = reference("resume_dates")
MONTHS = {name: number for number, names in enumerate(_WORDS["months"], 1) for name in names.split("|")}
ERAS: dict[str, int] = dict(_WORDS["eras"])
MONTHS_OF_YEAR = 12


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


NAMED = rf"(?:{_any(list(MONTHS))})"
Y, M, D = r"((?:19|20)\d\d)", r"(1[0-2]|0?[1-9])", r"(3[01]|[12]\d|0?[1-9])"
TO = rf"(?:\s*(?:[-–~→]+|\b(?:{_any(_WORDS['to_latin'])})\b|{_any(_WORDS['to_other'])})\s*)"
EXPECTED = rf"(?:{_any(_WORDS['expected'])})"
STILL = rf"(?:(?<![^\W\d_])(?:{_any(_WORDS['still_latin'])})(?![^\W\d_])|{_any(_WORDS['still_other'])})"


@dataclass(frozen=True, slots=True)
class Day:
    """`iso` is "" for a year alone, or where the order of day and month is not clear."""

    begin: int
    end: int
    iso: str = ""
    year: int = 0
    is_open: bool = False  # "present": no date at all


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where in a text it stands, and the days, of which `first` is None for a single one."""

    begin: int
    end: int
    first: Day | None
    last: Day


def _iso(year: str | int, month: str | int, day: str | int | None = None) -> str:
    try:
        whole = date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return whole.isoformat() if day else whole.isoformat()[:7]


def _slashed(first: str, second: str, year: str) -> str:
    """A day and a month in the order that their size shows."""
    if int(first) > MONTHS_OF_YEAR or first == second:
        return _iso(year, second, first)
    return _iso(year, first, second) if int(second) > MONTHS_OF_YEAR else ""


def _dotted(day: str, month: str, year: str) -> str:
    """20.05.2027 is of the countries that put the day first."""
    return _iso(year, month, day) or _iso(year, day, month)


def _era(era: str, number: str, month: str, day: str | None) -> str:
    return _iso(ERAS[era] + (1 if number == "元" else int(number)), month, day)


def _short(year: str) -> int:
    return 2000 + int(year)


N, W = r"(?<![\d./])", r"(?!\d)"
NTH = r"(?:st|nd|rd|th|er|º|\.)?"
OF = r"(?:\s*(?:de|of|del)\s+|[\s,.]*)"
# In the order of trying: what is longer is first.
FORMS: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (
            rf"({_any(list(ERAS))}) ?(元|\d{{1,3}}) ?年 ?{M} ?月(?: ?{D} ?日)?",
            _era,
        ),
        (rf"{N}{Y} ?年 ?{M} ?月(?: ?{D} ?[日号])?", _iso),
        (rf"{N}{Y} ?년 ?{M} ?월(?: ?{D} ?일)?", _iso),
        (rf"{N}{Y} ?([./-]) ?{M} ?\2 ?{D}{W}(?!\.\d)", lambda y, _, m, d: _iso(y, m, d)),
        (rf"{N}{Y}\. {M}\.(?: {D}\.)?", _iso),
        (rf"(?<![\d/]){D}/{D}/{Y}{W}", _slashed),
        (rf"(?<![\d.]){D}\. ?{M}\. ?{Y}{W}", _dotted),
        (rf"(?<![\d-]){D}-{D}-{Y}{W}", _slashed),
        (rf"(?<![\d./年-]){M}-{Y}{W}", lambda m, y: _iso(y, m)),
        (rf"{N}{M} ?[./] ?{Y}{W}", lambda m, y: _iso(y, m)),
        (rf"{N}{Y}(?: ?[./年] ?|-){M} ?月?(?![\d%/])", _iso),
        (rf"{N}{Y} {M} ?月", _iso),
        (rf"(?<!\d){D}{NTH} {OF}({NAMED})\b\.?{OF}{Y}{W}", lambda d, m, y: _iso(y, MONTHS[m.lower()], d)),
        (rf"\b({NAMED})\b\.? {D}(?:st|nd|rd|th)?,? {Y}{W}", lambda m, d, y: _iso(y, MONTHS[m.lower()], d)),
        (rf"\b({NAMED})\b\.?{OF}{Y}{W}", lambda m, y: _iso(y, MONTHS[m.lower()])),
        (rf"{N}{Y}[, ]+({NAMED})\b\.?(?! ?\d)", lambda y, m: _iso(y, MONTHS[m.lower()])),
        (rf"\b({NAMED})\b\.? ?['’](\d\d){W}", lambda m, y: _iso(_short(y), MONTHS[m.lower()])),
    )
)
# What is a date only as a part of a span: "202309-202706", "09/23 – 06/27", "20230901-20270630".
COMPACT = re.compile(rf"(?<!\d){Y}(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])?(?!\d)")
COMPACT_SPAN = re.compile(rf"{COMPACT.pattern}{TO}{COMPACT.pattern}", re.IGNORECASE)
SHORT_SPAN = re.compile(
    rf"(?<![\d/])(1[0-2]|0[1-9])/(\d\d){TO}(1[0-2]|0[1-9])/(\d\d)(?![\d/])", re.IGNORECASE
)
SAME_YEAR = re.compile(rf"\b({NAMED})\b\.?{TO}(?={NAMED}\b\.?{OF}{Y})", re.IGNORECASE)
YEAR = re.compile(rf"(?<![\d.,/])(?:FY ?)?{Y}(?![\d,]|\.\d)")
OPEN = re.compile(STILL, re.IGNORECASE)
ANY = re.compile(r"\d")  # no date is without figures
BETWEEN = re.compile(rf"[\s(]*{TO}[\s(]*(?:{EXPECTED}[\s.:]*)?[\s(]*", re.IGNORECASE)
SHORT_END = re.compile(rf"{TO}(?:(\d\d)[./])?{M}(?![\d./年])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def spans(text: str) -> tuple[Span, ...]:
    """The spans and single dates of a text, in its order."""
    days = _days(text) if ANY.search(text) else []
    found: list[Span] = []
    i = 0
    while i < len(days):
        day, following = days[i], days[i + 1] if i + 1 < len(days) else None
        if following and _are_joined(text[day.end : following.begin], following):
            found.append(Span(day.begin, following.end, day, following))
            i += 2
        else:
            if not day.is_open:
                found.append(_alone(text, day))
            i += 1
    return tuple(found)


def _are_joined(between: str, following: Day) -> bool:
    """Whether two dates are the ends of a span: "2023.09 至今" needs no mark."""
    return bool(BETWEEN.fullmatch(between)) or (following.is_open and not between.strip())


def _alone(text: str, day: Day) -> Span:
    """A date with no other beside it; "2023.09-12" and "2023.09-27.06" say the rest in short."""
    match = SHORT_END.match(text, day.end)
    if not match or len(day.iso) != len("2026-06"):
        return Span(day.begin, day.end, None, day)
    year = _short(match[1]) if match[1] else day.year
    last = Day(match.start(), match.end(), _iso(year, match[2]), year)
    return Span(day.begin, match.end(), day, last)


def _days(text: str) -> list[Day]:
    found: list[Day] = []
    for day in _candidates(text):
        if all(day.end <= other.begin or other.end <= day.begin for other in found):
            found.append(day)
    return sorted(found, key=lambda day: day.begin)


def _candidates(text: str) -> Iterator[Day]:
    """Everything that may be a date; of two that overlap the first counts."""
    for match in COMPACT_SPAN.finditer(text):
        year, month, day, *rest = match.groups()
        yield Day(match.start(), match.start() + (8 if day else 6), _iso(year, month, day), int(year))
        year, month, day = rest
        yield Day(match.end() - (8 if day else 6), match.end(), _iso(year, month, day), int(year))
    for match in SHORT_SPAN.finditer(text):
        month, year, last_month, last_year = match.groups()
        yield Day(match.start(), match.start() + 5, _iso(_short(year), month), _short(year))
        yield Day(match.end() - 5, match.end(), _iso(_short(last_year), last_month), _short(last_year))
    for match in SAME_YEAR.finditer(text):
        yield Day(match.start(1), match.end(1), _iso(match[2], MONTHS[match[1].lower()]), int(match[2]))
    for pattern, make in FORMS:
        for match in pattern.finditer(text):
            iso = make(*match.groups())
            yield Day(match.start(), match.end(), iso, int(iso[:4] or 0))
    for match in YEAR.finditer(text):
        yield Day(match.start(), match.end(), "", int(match[1]))
    for match in OPEN.finditer(text):
        yield Day(match.start(), match.end(), is_open=True)


def without_dates(text: str, by: str = " ") -> str:
    """The text with `by` in the room of each date."""
    for span in reversed(spans(text)):
        text = text[: span.begin] + by + text[span.end :]
    return text
