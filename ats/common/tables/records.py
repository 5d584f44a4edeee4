"""One record of a file, typed: what cannot be used raises `BadRecord`, naming the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from ats.common.tables.dates import AmbiguousDate, day_of, day_of_age
from ats.common.tables.outcomes import BadRecord
from ats.common.tables.text import one_line, rich

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Record:
    """`number` as a person sees it; `values` by column; `as_of`: the day the file speaks of."""

    number: int
    values: Mapping[str, object]
    as_of: date

    def line(self, field: str, *, required: bool = False) -> str:
        """A text of one line, "" when there is none; numbers of a spreadsheet count as texts."""
        text = one_line(self._text(field))
        if required and not text:
            raise BadRecord("missing", field=field)
        return text

    def body(self, field: str) -> str:
        """A text of any number of lines, HTML in it sanitised."""
        return rich(self._text(field))

    def lines(self, field: str) -> tuple[str, ...]:
        """A list of texts, or one text with semicolons, without blanks and repetitions."""
        value = self.values.get(field)
        texts = value if isinstance(value, list) else self._text(field).split(";")
        if not all(isinstance(text, str) for text in texts):
            raise wrong_type(field, value, "a list of texts")
        return tuple(dict.fromkeys(line for line in map(one_line, texts) if line))

    def flag(self, field: str) -> bool:
        value = self.values.get(field)
        if not isinstance(value, bool):
            raise wrong_type(field, value, "true or false")
        return value

    def url(self, field: str) -> str:
        """A web address, "" when there is none."""
        return web_address(field, self.line(field))

    def unix_time(self, field: str) -> datetime | None:
        """The instant of a number of seconds since 1970, none when there is none."""
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong_type(field, value, "a number of seconds")
        if not EARLIEST.timestamp() <= value < LATEST.timestamp():
            raise BadRecord("bad_date", field=field, value=value)
        return datetime.fromtimestamp(value, UTC)

    def day(self, field: str) -> date | None:
        """An ISO 8601 day, none when there is none."""
        text = self.line(field)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise BadRecord("bad_date", field=field, value=text) from None

    def any_day(self, field: str) -> date | None:
        """A day in any of the usual forms; None where it says that there is none."""
        text = self.line(field)
        try:
            return day_of(text, near=self.as_of)
        except AmbiguousDate:
            raise BadRecord("ambiguous_date", field=field, value=text) from None
        except (ValueError, OverflowError):
            raise BadRecord("bad_date", field=field, value=text) from None

    def age(self, field: str) -> date | None:
        """The day that an age such as "8d" or "2mo" means; None where it is no age."""
        return day_of_age(self.line(field), as_of=self.as_of)

    def _text(self, field: str) -> str:
        value = self.values.get(field)
        if value is None:
            return ""
        if isinstance(value, date):
            return day_text(value)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise wrong_type(field, value, "a text")
        is_whole = isinstance(value, float) and value.is_integer()
        return str(int(value) if is_whole else value)


def day_text(value: date) -> str:
    """A day of a spreadsheet in ISO 8601, with its time where it has one."""
    has_time = isinstance(value, datetime) and value.time() != time.min
    return value.isoformat() if has_time or not isinstance(value, datetime) else value.date().isoformat()


def wrong_type(field: str, value: object, wanted: str) -> BadRecord:
    return BadRecord("wrong_type", field=field, got=type(value).__name__, wanted=wanted)


def web_address(field: str, text: str) -> str:
    """`text` if it is an http(s) address with a host, or ""."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if text and (not usable or any(character.isspace() for character in text)):
        raise BadRecord("bad_url", field=field, value=text)
    return text


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
