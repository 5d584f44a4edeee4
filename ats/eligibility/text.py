"""What people read about rules: always in English and in Chinese, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ats.common.countries import country_names
from ats.common.months import end_of_month

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Text:
    en: str
    zh: str

    def document(self) -> dict[str, str]:
        return {"en": self.en, "zh": self.zh}


def listed(texts: Iterable[Text], *, en: str = "or", zh: str = "或") -> Text:
    """`a, b or c`."""
    rows = list(texts)
    head, last = rows[:-1], rows[-1]
    if not head:
        return last
    return Text(
        f"{', '.join(t.en for t in head)} {en} {last.en}",
        f"{'、'.join(t.zh for t in head)}{zh}{last.zh}",
    )


def plain(word: object) -> Text:
    """A text that is the same in both languages, such as a number or a name."""
    return Text(str(word), str(word))


def month(day: date) -> Text:
    return Text(f"{MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月")


def full_day(day: date) -> Text:
    return Text(f"{day.day} {month(day).en}", f"{month(day).zh}{day.day}日")


def first_bound(day: date) -> Text:
    """The first day of a range: the month alone when it is the first of the month."""
    return month(day) if day.day == 1 else full_day(day)


def last_bound(day: date) -> Text:
    """The last day of a range: the month alone when it is the last of the month."""
    return month(day) if day == end_of_month(day) else full_day(day)


def country(code: str) -> Text:
    return Text(*country_names(code))


def number_word(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
