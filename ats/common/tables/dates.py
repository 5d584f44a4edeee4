"""Days as people write them in tables, in English and Chinese."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from ats.common.months import Span, end_of_month

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",),
            ("jun", "june"), ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"),
            ("oct", "october"), ("nov", "november"), ("dec", "december"),
        ),
        1,
    )
    for name in names
}  # fmt: skip

YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
MONTH_DAY_YEAR = re.compile(
    r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?", re.IGNORECASE
)
DAY_MONTH_YEAR = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{3,9})\.?(?:,?[\s-]+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"[T\s]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|UTC|[ap]m)?$", re.IGNORECASE
)
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+|[（(](?:周|星期).[)）]", re.IGNORECASE)
# No day by intent.
UNDATED = re.compile(
    r"rolling|until filled|open until|ongoing|asap|n/?a|tbd|none|-+|—+"
    r"|长期|长期有效|招满即止|招满为止|不限|待定|无",
    re.IGNORECASE,
)
MONTHS_A_YEAR = 12
# Excel counts days from here; serial numbers of these days are taken for dates.
EXCEL_ZERO = date(1899, 12, 30)
EXCEL_SERIALS = range(36526, 73415)  # 2000 to 2100
UNIX_SECONDS = range(631_152_000, 4_102_444_800)  # 1990 to 2100


class AmbiguousDate(ValueError):
    """03/04/2027 is the third of April or the fourth of March."""


def day_of(text: str, *, near: date) -> date | None:
    """The day that a text names; None where it says that there is none. `near`: a day without a year
    is the last of its name up to a month after it. Raises ValueError, and AmbiguousDate among it."""
    text = WEEKDAY.sub("", CLOCK.sub("", text.strip())).strip()
    if not text or UNDATED.fullmatch(text):
        return None
    if match := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return date(*map(int, match.groups()))
    if match := YEAR_LAST.fullmatch(text):
        return year_last(*map(int, match.groups()))
    if match := MONTH_DAY_YEAR.fullmatch(text) or DAY_MONTH_YEAR.fullmatch(text):
        return in_words(match["month"], int(match["day"]), match["year"], near)
    return counted(text)


def year_last(first: int, second: int, year: int) -> date:
    """Day and month in either order, as far as the numbers show."""
    if first != second and max(first, second) <= MONTHS_A_YEAR:
        raise AmbiguousDate
    return date(year, second, first) if first > MONTHS_A_YEAR else date(year, first, second)


def in_words(month: str, day: int, year: str | None, near: date) -> date:
    number = MONTHS.get(month.casefold())
    if number is None:
        raise ValueError(month)
    if year:
        return date(int(year), number, day)
    latest = near + timedelta(days=31)
    this_year = date(latest.year, number, day)
    return this_year if this_year <= latest else date(latest.year - 1, number, day)


def counted(text: str) -> date:
    """A serial number of a spreadsheet, or seconds or milliseconds since 1970."""
    number = int(float(text))
    if number in EXCEL_SERIALS:
        return EXCEL_ZERO + timedelta(days=number)
    seconds = number // 1000 if number > UNIX_SECONDS.stop else number
    if seconds not in UNIX_SECONDS:
        raise ValueError(text)
    return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).date()  # noqa: DTZ001


AGE = re.compile(
    r"(\d{1,4})\s*(h|hr|hrs|hours?|d|days?|w|wks?|weeks?|mo|mos|months?|y|yrs?|years?|天|日|周|个月|月|年)"
    r"\+?(?:\s*ago|前)?",
    re.IGNORECASE,
)
AGE_DAYS = {
    "h": 0,
    "d": 1,
    "w": 7,
    "m": 30,
    "y": 365,
    "天": 1,
    "日": 1,
    "周": 7,
    "个": 30,
    "月": 30,
    "年": 365,
}


def day_of_age(text: str, *, as_of: date) -> date | None:
    """The day that "8d", "2mo", "3周前" or "today" means on a day; None for other text."""
    text = text.strip().casefold()
    if text in ("today", "今天", "刚刚", "just now", "new"):
        return as_of
    if text in ("yesterday", "昨天"):
        return as_of - timedelta(days=1)
    match = AGE.fullmatch(text)
    return as_of - timedelta(days=int(match[1]) * AGE_DAYS[match[2][0]]) if match else None


YEAR_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[-/.年]?\s*(?P<month>\d{1,2})\s*月?份?")
MONTH_YEAR = re.compile(
    r"(?:(?P<month>\d{1,2})/|(?P<name>[a-z]{3,9})\.?,?\s+)(?P<year>(?:19|20)\d\d)", re.IGNORECASE
)


def span_of(text: str) -> Span | None:
    """The month or the day that "2027-06", "2027年6月", "Jun 2027" or "2027-06-30" names; None for an
    empty text. Raises ValueError for other text, a bare year among it."""
    text = text.strip().removesuffix("毕业").strip()
    if not text:
        return None
    if match := YEAR_MONTH.fullmatch(text) or MONTH_YEAR.fullmatch(text):
        named = match.groupdict()
        month = int(named["month"]) if named["month"] else MONTHS[(named.get("name") or "").casefold()]
        first = date(int(named["year"]), month, 1)
        return Span(first, end_of_month(first))
    day = day_of(text, near=date(1970, 1, 1))
    if day is None:
        raise ValueError(text)
    return Span(day, day)
