"""Graduation windows as feeds write them, in structured form: proposed to a recruiter, never applied."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta
from itertools import pairwise
from typing import TypedDict

from ats.common.tables.dates import MONTHS

# Days in ISO 8601, both included, as in the rules on graduation; None: open on that side.
Range = TypedDict("Range", {"from": str | None, "to": str | None})

MONTH_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
SEASONS = {"winter": (12, 2), "spring": (1, 6), "summer": (5, 8), "fall": (9, 12), "autumn": (9, 12)}


MOMENT = (
    r"(?:(?P<{0}name>"
    + MONTH_NAME
    + r")\.?,?\s*(?:(?P<{0}nd>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<{0}ny>20\d\d)"
    r"|(?P<{0}cy>20\d\d)\s*年\s*(?P<{0}cm>\d{{1,2}})\s*月\s*(?:(?P<{0}cd>\d{{1,2}})\s*[日号])?份?"
    r"|(?P<{0}iy>20\d\d)[-./](?P<{0}im>\d{{1,2}})(?:[-./](?P<{0}id>\d{{1,2}}))?(?!\d)"
    r"|(?P<{0}sm>\d{{1,2}})/(?P<{0}sy>20\d\d)"
    r"|(?P<{0}season>winter|spring|summer|fall|autumn)\s+(?P<{0}ey>20\d\d)"
    r"|(?P<{0}y>20\d\d)(?!\d|\s*[年届级]|[-./]\d))"
)
TO = r"\s*(?:-|–|—|~|～|至|到|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\band\b|及)+\s*"
BETWEEN = re.compile(MOMENT.format("a") + r"(?:\s*毕业)?" + TO + MOMENT.format("b"))
# The year stands once: "Dec - Jun 2027", "2026年9月-12月".
ONE_YEAR = re.compile(
    rf"(?P<first>{MONTH_NAME})\.?{TO}(?P<last>{MONTH_NAME})\.?,?\s+(?P<year>20\d\d)"
    rf"|(?P<cyear>20\d\d)\s*年\s*(?P<cfirst>\d{{1,2}})\s*月?{TO}(?P<clast>\d{{1,2}})\s*月"
)
ONE_MOMENT = re.compile(MOMENT.format("a"))
SINCE = re.compile(
    MOMENT.format("a")
    + r"\s*(?:\bor later\b|\band later\b|\bonwards?\b|\band beyond\b|\+|及?以后|及之后|起|之后)"
    r"|(?:\bafter\b|\bsince\b|\bfrom\b|\bno earlier than\b|\bon or after\b)\s+" + MOMENT.format("b")
)
UNTIL = re.compile(
    MOMENT.format("a") + r"\s*(?:\bor earlier\b|\bor before\b|\band earlier\b|及?以前|及之前|之前|前)"
    r"|(?:\bby\b|\bbefore\b|\buntil\b|\bno later than\b|\bon or before\b)\s+" + MOMENT.format("b")
)
BEFORE = re.compile(r"(?<!or )\b(?<!on or )before\b|(?<!以)(?<!之)前$")
CLASSES = re.compile(
    r"(?:class(?:es)? of|graduat(?:es?|ing|ion)(?:\s+in)?:?|grads?)"
    r"\s*((?:20\d\d|'\d\d)(?:\s*(?:,|/|&|-|–|~|\band\b|\bor\b|\bto\b)\s*(?:20\d\d|'\d\d|\d\d(?!\d)))*)"
    r"|((?:20\d\d|\d\d)(?:\s*(?:/|、|,|和|及|或|-|–|~|至|&)\s*(?:20\d\d|\d\d)(?:\s*届)?)*)\s*届"
    r"|(20\d\d(?:\s*[/、,和及或-]\s*20\d\d)*)(?=\s*(?:grads?\b|graduates?\b|new grad|graduating|应届|毕业))"
)
NUMBER = re.compile(r"20\d\d|\d\d")
THROUGH = re.compile(r"^\s*(?:-|–|~|至|to)\s*$")
NOT_A_WINDOW = re.compile(r"\binternship eligible\b|\bearly career\b")


def proposed_window(text: str) -> list[Range] | None:
    """The window that a text such as "Dec 2026 - Jun 2027", "2027届" or "Class of 2027" names, as
    ranges of days; None where it names none, or not clearly. A year is taken from its first day to
    its last, a month likewise."""
    text = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if not text or NOT_A_WINDOW.search(text):
        return None
    if ranges := between(text):
        return ranges
    if years := classes(text):
        opened = bool(
            re.search(r"届?\s*(?:及以后|及之后|以后)|\b(?:or|and) later\b|\d\+|\band beyond\b", text)
        )
        return (
            [year_range(years[0], years[-1], is_open=opened)]
            if consecutive(years)
            else [year_range(y, y) for y in years]
        )
    return one_sided(text) or single(text)


def names_class(text: str) -> bool:
    """Whether a title or a programme says for which classes it is, such as "2027届校招"."""
    return CLASSES.search(unicodedata.normalize("NFKC", text).casefold()) is not None


def between(text: str) -> list[Range]:
    if match := ONE_YEAR.search(text):
        return [within_a_year(match)]
    found = []
    for match in BETWEEN.finditer(text):
        first, last = moment(match, "a"), moment(match, "b")
        if first is None or last is None or first[0] > last[1]:
            return []  # not clearly said, so nothing is proposed
        found.append(span(first[0], last[1]))
    return found


def within_a_year(match: re.Match[str]) -> Range:
    """Months of one year; where the first is the later one, it is of the year before."""
    if match["year"]:
        first, last, year = MONTHS[match["first"]], MONTHS[match["last"]], int(match["year"])
        begins = month_or_day(year - (first > last), first, 0)[0]
    else:
        first, last, year = int(match["cfirst"]), int(match["clast"]), int(match["cyear"])
        begins = month_or_day(year, first, 0)[0]
        year += first > last
    return span(begins, month_or_day(year, last, 0)[1])


def one_sided(text: str) -> list[Range] | None:
    for pattern, side in ((SINCE, "since"), (UNTIL, "until")):
        if match := pattern.search(text):
            days = moment(match, "a") or moment(match, "b")
            if days and side == "since":
                return [span(days[0], None)]
            if days:
                last = days[0] - timedelta(days=1) if BEFORE.search(text) else days[1]
                return [span(None, last)]
    return None


def single(text: str) -> list[Range] | None:
    """A text that is one month, season or year, with words of graduation around it at most."""
    match = ONE_MOMENT.search(text)
    rest = ONE_MOMENT.sub("", text, count=1)
    if match is None or not re.fullmatch(
        r"[\s:,.]*(?:graduat\w*|grads?|毕业(?:时间|生)?|expected|in|should|must|date|eligible|students?|应届|[\s:,.])*",
        rest,
    ):
        return None
    days = moment(match, "a")
    return [span(*days)] if days else None


def moment(match: re.Match[str], side: str) -> tuple[date, date] | None:
    """The first and the last day that a month, a day, a season or a year stands for."""
    got = {
        name[len(side) :]: value
        for name, value in match.groupdict().items()
        if value and name.startswith(side)
    }
    try:
        if "season" in got:
            return season(got["season"], int(got["ey"]))
        for year, month, day in (
            ("ny", "name", "nd"),
            ("cy", "cm", "cd"),
            ("iy", "im", "id"),
            ("sy", "sm", ""),
        ):
            if year in got:
                number = MONTHS.get(got[month]) or int(got[month])
                return month_or_day(int(got[year]), number, int(got.get(day) or 0))
        return (date(int(got["y"]), 1, 1), date(int(got["y"]), 12, 31)) if "y" in got else None
    except ValueError:
        return None


def month_or_day(year: int, month: int, day: int) -> tuple[date, date]:
    if day:
        return date(year, month, day), date(year, month, day)
    first = date(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def season(name: str, year: int) -> tuple[date, date]:
    """Winter 2026 begins in December 2025, as terms are called."""
    first, last = SEASONS[name]
    return month_or_day(year - (first > last), first, 0)[0], month_or_day(year, last, 0)[1]


def classes(text: str) -> list[int]:
    """The years of "class of 2027", "2026/2027届" and "27届", sorted; through, where a dash joins two."""
    years = set[int]()
    for match in CLASSES.finditer(text):
        named = match[1] or match[2] or match[3]
        numbers = [int(n) % 100 + 2000 for n in NUMBER.findall(named)]
        joints = NUMBER.split(named)[1:-1]
        years.update(numbers)
        for (first, last), joint in zip(pairwise(numbers), joints, strict=False):
            if THROUGH.match(joint):
                years.update(range(first, last + 1))
    return sorted(years)


def consecutive(years: list[int]) -> bool:
    return years == list(range(years[0], years[-1] + 1))


def year_range(first: int, last: int, *, is_open: bool = False) -> Range:
    return span(date(first, 1, 1), None if is_open else date(last, 12, 31))


def span(first: date | None, last: date | None) -> Range:
    return {
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
    }
