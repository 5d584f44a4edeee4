"""Fields that write themselves from others of their row, whoever saves it, as `auto_now` does.

Only SQL that goes past the ORM has to fill them itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from ats.common.phones import dialled_digits, normal_phone
from ats.common.search_terms import terms, wanted

PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d ()./-]{5,}\d(?!\w)")
TAIL = 4  # the last digits of a phone number, which people quote


class SearchTermsField(SearchVectorField):  # type: ignore[type-arg]
    """The terms of a row's text fields, among them the last digits of its phone number."""

    def __init__(self, *, sources: Sequence[str] = (), phone: str = "", **kwargs: Any) -> None:
        self.sources, self.phone = tuple(sources), phone
        super().__init__(**{**kwargs, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "sources": self.sources, "phone": self.phone}

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:  # noqa: FBT001
        texts = [getattr(model_instance, name) for name in self.sources]
        phone = getattr(model_instance, self.phone) if self.phone else ""
        return words_of(texts, phone)

    def get_placeholder(self, value: object, compiler: Any, connection: Any) -> str:
        return "array_to_tsvector(%s)"


class PhoneKeyField(models.CharField[str, str]):
    """The phone number of the row in the one spelling that it is recognised by, E.164."""

    def __init__(self, *, source: str = "phone", **kwargs: Any) -> None:
        self.source = source
        super().__init__(**{**kwargs, "editable": False, "blank": True, "default": ""})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for implied in ("editable", "blank", "default"):
            kwargs.pop(implied, None)
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001
        return normal_phone(getattr(model_instance, self.source))


def words_of(texts: Sequence[str], phone: str = "") -> list[str]:
    """The terms of a row, in their order."""
    return sorted(terms(" ".join(texts)) | phone_terms(phone))


def phone_terms(phone: str) -> set[str]:
    """A number with its country code, without, and its last digits: so do people look for it."""
    digits = dialled_digits(phone)
    return {*digits, digits[0][-TAIL:]} if digits else set()


class Matches(models.Lookup[str]):
    """`words__matches="张伟 清华"`: all the terms are there, words by their beginnings.

    A text without any term, such as a lone comma, finds nothing.
    """

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        query = words_query(self.rhs)
        if not query:
            return "FALSE", ()
        words, params = self.process_lhs(compiler, connection)
        return f"{words} @@ %s::tsquery", (*params, query)


SearchTermsField.register_lookup(Matches)


def words_query(text: str) -> str:
    """`text` as a tsquery, "" if it has no term.

    What looks like a phone number is found by its digits, however it is written, or as words.
    """
    parts, rest = [], unicodedata.normalize("NFKC", text)
    for number in PHONE.findall(rest):
        rest = rest.replace(number, " ")
        starts = [*_phone_starts(number), f"({_all_terms(number)})"]
        parts.append(f"({' | '.join(starts)})")
    return " & ".join(filter(None, [*parts, _all_terms(rest)]))


def _phone_starts(number: str) -> list[str]:
    """The digits that a number may begin with: by its country's plan, and as it is written."""
    written = re.sub(r"\D", "", number).lstrip("0")
    digits = dialled_digits(number) or ("",)
    return [f"'{start}':*" for start in sorted({digits[0], written} - {""})]


def _all_terms(text: str) -> str:
    """Terms are letters and digits alone, so nothing in them needs escaping."""
    whole, beginnings = wanted(text)
    return " & ".join(
        [f"'{term}'" for term in sorted(whole)] + [f"'{word}':*" for word in sorted(beginnings)]
    )
