"""What becomes of a record that cannot be used, said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

REASONS = {
    "missing": "{field} is empty.",
    "wrong_type": "{field} is {got}, {wanted} was expected.",
    "wrong_shape": "The row has {got} cells under {wanted} columns.",
    "bad_json": "The line is no JSON: {why}.",
    "bad_date": "{field} is no date: {value!r}.",
    "bad_month": "{field} is no month or day: {value!r}. Write it as 2027-06.",
    "ambiguous_date": "{field} may be two days: {value!r}. Write it as 2027-06-30.",
    "bad_url": "{field} is no web address: {value!r}.",
    "bad_number": "{field} is no whole number: {value!r}.",
    "bad_choice": "{field} is none of {wanted}: {value!r}.",
    "bad_email": "{field} is no e-mail address.",
    "too_long": "{field} has {got} characters, at most {wanted} fit.",
    "same_id_other_job": (
        "The id {id!r} stands on two jobs: {other} in row {of} was kept, {title} left out."
    ),
    "same_id": "Row {of} has the same id: {id!r}.",
    "same_url": "Row {of} has the same address: {url}",
    "same_description": "Row {of} has the same employer, title, programme, locations and text.",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that was not taken: its number, a code of `REASONS`, a sentence."""

    number: int
    code: str
    sentence: str

    @classmethod
    def because(cls, number: int, code: str, **details: object) -> LeftOut:
        return cls(number, code, REASONS[code].format(**details))


class BadRecord(Exception):
    """A record that cannot be used; `code` and `details` fill a sentence of `REASONS`."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def at(self, number: int) -> LeftOut:
        return LeftOut.because(number, self.code, **self.details)
