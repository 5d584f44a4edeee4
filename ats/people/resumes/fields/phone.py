"""The person's telephone number, by the plans of all countries and by what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ats.common.phones import is_possible_phone
from ats.people.resumes.fields.dates import without_dates
from ats.people.resumes.fields.email import ADDRESS, OTHERS
from ats.people.resumes.fields.labels import Label, label_before
from ats.people.resumes.fields.lines import CELL
from ats.people.resumes.fields.sections import Section, Topic

NUMBER = re.compile(
    r"""(?<![\w.@/+#-])
    (?:\(?\+\ ?\d{1,3}\)?[ .-]{0,2})?        # country
    (?:\(\d{1,5}\)[ .-]?)?                # area
    \d{1,5}(?:[ ./-]{0,3}(?:\(\d\)\ ?)?\d{2,11}){0,5}   # number
    (?![\w@]|[.-]\d)""",
    re.VERBOSE | re.ASCII,
)
ADDRESSES = re.compile(r"\S*(?:https?://|www\.|\w\.(?:com|cn|org|io|net|edu|me)/)\S*", re.IGNORECASE)
BRACKET = re.compile(r"\s*\([^)]*\)\W*$")  # "手机（微信同号）："
LEAST_GROUPS, NATIONAL = 3, (10, 11)  # of digits, in a number without a country code
LEAST_DIGITS, MOST_DIGITS = 7, 15  # E.164 has at most 15
# Where a number without a country code may be from, in the order of trying.
REGIONS = (
    "CN",
    "US",
    "TW",
    "HK",
    "JP",
    "KR",
    "DE",
    "FR",
    "GB",
    "ES",
    "IT",
    "IN",
    "SG",
    "BR",
    "CA",
    "AU",
    "MX",
    "RU",
    "NL",
    "CH",
    "AT",
    "PL",
    "TR",
    "VN",
    "MY",
    "ID",
    "TH",
    "PH",
    "SE",
    "BE",
    "PT",
)
SHAPES = re.compile(
    r"""(?:\(?86\)?[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}    # mainland China, mobile
    | 0\d{1,3}[ -]\d{6,8}                               # an area and a number
    | \(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}                  # North America
    | 09\d{2}[ -]?\d{3}[ -]?\d{3}                       # Taiwan, mobile
    | 0\d0-?\d{4}-?\d{4} | 01\d-\d{3,4}-\d{4}          # Japan, Korea, mobile
    | 0\d{1,4}[ /-]\d[\d ]{5,10} | 0\d(?: \d\d){4}     # Europe
    """.replace("[ ", r"[\ ").replace("(?: ", r"(?:\ "),
    re.VERBOSE,
)


def phone(found: list[Section]) -> str:
    """The person's telephone number, as it is written; "" when none is surely one and theirs."""
    top = [line for s in found if s.topic in (Topic.HEAD, Topic.CONTACT) for line in s.lines]
    rest = [
        line for s in found if s.topic not in (Topic.HEAD, Topic.CONTACT, Topic.REFEREES) for line in s.lines
    ]
    return next(_numbers(top, is_top=True), "") or next(_numbers(rest, is_top=False), "")


def _numbers(lines: list[str], *, is_top: bool) -> Iterator[str]:
    for before, line in zip(["", *lines], lines, strict=False):
        for cell in line.split(CELL):
            plain = ADDRESSES.sub(" ", ADDRESS.sub("@", without_dates(cell)))
            for match in NUMBER.finditer(plain):
                label = _label(plain[: match.start()], cell, line, before)
                number = _number(match[0], label, is_bare=is_top and _is_bare(plain, match))
                if number and not OTHERS.search(plain[: match.start()]):
                    yield number


def _label(start: str, cell: str, line: str, before: str) -> Label | None:
    """What a number is named: before it, in the cell before, or on the line above."""
    if start.strip(" :(（"):
        return label_before(start) or label_before(BRACKET.sub("", start))
    above = line[: line.index(cell)].rstrip(" |") or before
    return label_before(above)


def _is_bare(text: str, match: re.Match[str]) -> bool:
    """Whether no words stand right before a number but perhaps a name."""
    return not re.search(r"\d\s*$|[#№]\s*$", text[: match.start()])


def _number(text: str, label: Label | None, *, is_bare: bool) -> str:
    """The longest begin of `text` that is a telephone number; "" when none is."""
    for candidate in _beginnings(text):
        digits = re.sub(r"\D", "", candidate)
        if not LEAST_DIGITS <= len(digits) <= MOST_DIGITS:
            continue
        if label is Label.PHONE and (_is_possible(candidate) or candidate.strip() == text.strip()):
            return candidate.strip()
        if label is None and is_bare and _is_plain(candidate):
            return candidate.strip()
    return ""


def _beginnings(text: str) -> Iterator[str]:
    """The text, then the text without its last group of digits, and so on."""
    yield text
    for match in reversed(list(re.finditer(r"[ ./-]{1,3}(?=\(?\d)", text))):
        yield text[: match.start()]


def _is_plain(text: str) -> bool:
    """Whether a number without a name can only be a telephone's."""
    if "+" in text:
        return _is_possible(text)
    digits = re.sub(r"\D", "", text)
    is_grouped = len(re.findall(r"\d+", text)) >= LEAST_GROUPS and len(digits) in NATIONAL
    return bool(SHAPES.fullmatch(text.strip())) or (is_grouped and _is_possible(text))


def _is_possible(text: str) -> bool:
    regions = (None,) if "+" in text else REGIONS
    return any(is_possible_phone(text, region) for region in regions)
