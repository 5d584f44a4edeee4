"""Reading the params of a rule as they are saved: what is wrong is refused by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from ats.common.countries import is_country
from ats.common.errors import Invalid
from ats.common.months import last_day_of_month

T = TypeVar("T")
MOST_VALUES = 500
LONGEST_TEXT = 200


class Params:
    """One object of a rule, at a place of the request body (`at`, steps divided by dots).

    Every method reads one key and raises Invalid, with its place, for a value that will not do.
    """

    def __init__(self, values: Any, at: str) -> None:
        if not isinstance(values, dict):
            raise Invalid("not_an_object", _("An object is expected here."), field=at)
        self._values, self._at, self._read = values, at, set[str]()

    def finish(self) -> None:
        """Refuse keys that nothing has read, so that a typing error is told and not lost."""
        for name in sorted(set(self._values) - self._read):
            raise self.refusal("unknown_param", _("This rule has no such parameter."), name)

    def refusal(self, code: str, sentence: str, name: str = "") -> Invalid:
        return Invalid(code, sentence, field=f"{self._at}.{name}" if name else self._at)

    def has(self, name: str) -> bool:
        return self._values.get(name) is not None

    def optional(self, name: str, default: Any) -> Any:
        return self._take(name) if self.has(name) else default

    def integer(self, name: str, least: int, most: int) -> int:
        value = self._take(name)
        if type(value) is int and least <= value <= most:
            return value
        sentence = _("Give a whole number from %(least)d to %(most)d.")
        raise self.refusal("number_out_of_range", sentence % {"least": least, "most": most}, name)

    def choice(self, name: str, known: Collection[str]) -> str:
        return self._known(self._take(name), known, name)

    def choices(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        return tuple(self._known(value, known, name) for value in self._list(name))

    def countries(self, name: str) -> tuple[str, ...]:
        for code in (values := self._list(name)):
            if not isinstance(code, str) or not is_country(code):
                sentence = _("There is no country with the code %(code)s (ISO 3166-1).")
                raise self.refusal("unknown_country", sentence % {"code": code}, name)
        return tuple(values)

    def text(self, name: str) -> str:
        value = self._take(name)
        if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT:
            return value.strip()
        raise self.refusal("text_invalid", _("Give a text of 1 to 200 characters."), name)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._list(name)
        if all(isinstance(text, str) and 0 < len(text.strip()) <= LONGEST_TEXT for text in values):
            return tuple(text.strip() for text in values)
        raise self.refusal("text_invalid", _("Give texts of 1 to 200 characters."), name)

    def ids(self, name: str) -> tuple[int, ...]:
        values = self._list(name)
        if all(type(value) is int and 0 < value < 2**63 for value in values):
            return tuple(values)
        raise self.refusal("id_invalid", _("Give the ids of rows."), name)

    def first_day(self, name: str) -> date:
        """A day, or the first one of a month."""
        return self._day(name, lambda text: date.fromisoformat(f"{text}-01"))

    def last_day(self, name: str) -> date:
        """A day, or the last one of a month."""
        return self._day(name, last_day_of_month)

    def object(self, name: str, read: Callable[[Params], T]) -> T:
        return read(Params(self._take(name), f"{self._at}.{name}"))

    def objects(self, name: str, read: Callable[[Params], T]) -> tuple[T, ...]:
        rows = enumerate(self._list(name))
        return tuple(read(Params(row, f"{self._at}.{name}.{index}")) for index, row in rows)

    def _take(self, name: str) -> Any:
        self._read.add(name)
        if self._values.get(name) is None:
            raise self.refusal("param_missing", _("This parameter is missing."), name)
        return self._values[name]

    def _list(self, name: str) -> list[Any]:
        value = self._take(name)
        if isinstance(value, list) and 0 < len(value) <= MOST_VALUES:
            return value
        sentence = _("Give a list of 1 to %(most)d values.")
        raise self.refusal("list_invalid", sentence % {"most": MOST_VALUES}, name)

    def _known(self, value: Any, known: Collection[str], name: str) -> str:
        if isinstance(value, str) and value in known:
            return value
        sentence = _("This is none of: %(known)s.")
        raise self.refusal("unknown_value", sentence % {"known": ", ".join(known)}, name)

    def _day(self, name: str, of_month: Callable[[str], date | None]) -> date:
        text = self._take(name)
        try:
            if isinstance(text, str) and re.fullmatch(r"(19|20)\d\d-\d\d", text):
                found = of_month(text)
            else:
                found = _whole_day(text)
        except ValueError:
            found = None
        if found is None:
            sentence = _("Give a month such as 2026-06 or a day such as 2026-06-30.")
            raise self.refusal("date_invalid", sentence, name)
        return found


def _whole_day(text: Any) -> date | None:
    is_day = isinstance(text, str) and re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", text)
    return date.fromisoformat(text) if is_day else None
