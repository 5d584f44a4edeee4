"""What a verb raises when it will not do what was asked. The API maps each kind to an HTTP status."""

from __future__ import annotations


class Refused(Exception):
    """A request that the domain turns down.

    `code` is stable and for machines, `sentence` is translated and for people, `field` names the
    input that has to change, with steps divided by dots ("" when no single one does), `details`
    contains further members of the answer.
    """

    def __init__(self, code: str, sentence: str, *, field: str = "", **details: object) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
        self.field = field
        self.details = details


class Invalid(Refused):
    """The input itself is wrong."""


class TooLarge(Refused):
    """The input is larger than what is taken."""


class Forbidden(Refused):
    """The actor may not do this."""


class NotFound(Refused):
    """There is no such row, or not for this actor: the answer is the same for both."""


class TooMany(Refused):
    """The limit of such requests is reached; later it is free again."""


class Conflict(Refused):
    """The input is right but the state of things is against it."""


class Gone(Refused):
    """What is asked for was there, and was deleted."""
