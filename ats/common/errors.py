"""What a verb says when it will not do what was asked. The API turns each into a problem document."""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):
    """A request that the domain turns down.

    `code` is stable and for machines, `sentence` is translated and for people, `field` names the
    input that has to change ("" when no single one does), `facts` holds further members.
    """

    status: ClassVar[int] = 400

    def __init__(self, code: str, sentence: str, *, field: str = "", **facts: object) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
        self.field = field
        self.facts = facts


class Invalid(Refused):
    """The input itself is wrong."""


class Forbidden(Refused):
    """The actor may not do this."""

    status = 403


class NotFound(Refused):
    """There is no such row, or not for this actor: the two are told apart nowhere."""

    status = 404


class TooMany(Refused):
    """The limit of such requests is reached; later it is free again."""

    status = 429


class Conflict(Refused):
    """The input is right but the state of things is against it."""

    status = 409
