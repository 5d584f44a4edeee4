"""Who gets which slot of a day. Knows no table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """From `begin` up to, and without, `end`."""

    begin: datetime
    end: datetime

    def overlaps(self, other: Span) -> bool:
        return self.begin < other.end and other.begin < self.end


@dataclass(frozen=True, slots=True)
class Seat:
    """A free slot; `track` is None when anybody may have it."""

    slot: int
    track: int | None
    span: Span
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Wish:
    """An application in need of a seat."""

    application: int
    person: int
    track: int


@dataclass(slots=True)
class Diary:
    """When each person is busy."""

    spans: dict[int, list[Span]] = field(default_factory=dict)

    def add(self, person: int, span: Span) -> None:
        self.spans.setdefault(person, []).append(span)

    def is_free(self, person: int, span: Span) -> bool:
        return not any(span.overlaps(busy) for busy in self.spans.get(person, ()))


def match(wishes: Iterable[Wish], seats: Iterable[Seat], diary: Diary) -> dict[int, Seat]:
    """Seats by application: first come, first served, the earliest seat first.

    A seat of the applicant's track is taken before one that is open to anybody, so that open seats last
    for those who fit no other. The new appointments are added to `diary`.
    """
    left = list(seats)
    found: dict[int, Seat] = {}
    for wish in wishes:
        fitting = [seat for seat in left if _fits(wish, seat, diary)]
        if fitting:
            seat = min(fitting, key=lambda seat: (seat.track is None, seat.span.begin, seat.slot))
            left.remove(seat)
            diary.add(wish.person, seat.span)
            found[wish.application] = seat
    return found


def _fits(wish: Wish, seat: Seat, diary: Diary) -> bool:
    return seat.track in {None, wish.track} and diary.is_free(wish.person, seat.span)
