"""What people do in a generated season: where they apply, when, and how far they come."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from ats.leaves.reference import reference
from ats.seasons.people import Person
from ats.seasons.weighted import Weighted

DAY = 24 * 60 * 60
WEEK = 7 * DAY


@dataclass(slots=True)
class Place:
    """A posting that people may choose: its number, its track's and how many it still takes."""

    number: int
    track: int
    free: int


@dataclass(frozen=True, slots=True)
class Filing:
    """An application: the kinds of stage that it came to, the first included, and when.

    Times are whole seconds since the local midnight on which the season opened.
    """

    posting: int
    preference: int | None
    source: str
    kinds: list[str]
    times: list[int]


class Choices:
    """Makes the applications of one person after the other."""

    def __init__(self, random: Random, places: Sequence[Place]) -> None:
        rules, calendar = reference("generator"), reference("generator")["calendar"]
        self._random = random
        self._places = places
        self._by_track = group_by_track(places)
        self._rules = rules["applications"]
        self._source = Weighted(self._rules["source"])
        self._week = Weighted(dict(enumerate(calendar["weeks"])))
        self._window = (calendar["graduation_from"], calendar["graduation_until"])
        self._funnel = {kind: Weighted(table) for kind, table in rules["funnel"].items()}
        self._pace = rules["pace"]

    def make(self, person: Person, count: int) -> Iterator[Filing]:
        """`count` applications at as many postings, ranked by the person or not."""
        ranked = self._random.random() < self._rules["with_preference"]
        eligible = self._within_window(person.graduates_on)
        hired = False
        for rank, place in enumerate(self._pick(count), start=1):
            kinds = self._way(can_be_hired=place.free > 0 and not hired) if eligible else ["applied"]
            if kinds[-1] == "hired":
                hired = True
                place.free -= 1
            source = self._source.draw(self._random)
            yield Filing(place.number, rank if ranked else None, source, kinds, self._times(kinds))

    def _within_window(self, graduates_on: date | None) -> bool:
        first, end = self._window
        return graduates_on is not None and first <= graduates_on < end

    def _pick(self, count: int) -> list[Place]:
        """Different postings, most on the track of the first one; earlier ones are better known."""
        picked: dict[int, Place] = {}
        home = self._by_track[self._popular(self._places).track]
        for _ in range(count):
            at_home = self._random.random() < self._rules["home_track"]
            place = self._popular(home if at_home else self._places)
            while place.number in picked:
                place = self._places[(place.number + 1) % len(self._places)]
            picked[place.number] = place
        return list(picked.values())

    def _popular(self, places: Sequence[Place]) -> Place:
        return places[int(len(places) * self._random.random() ** 2)]

    def _way(self, *, can_be_hired: bool) -> list[str]:
        """The kinds of stage that an application comes to, the last one being where it stays."""
        kinds = ["applied"]
        while kinds[-1] in self._funnel:
            following = self._funnel[kinds[-1]].draw(self._random)
            if following == "stays" or (following == "hired" and not can_be_hired):
                break
            kinds.append(following)
        return kinds

    def _times(self, kinds: list[str]) -> list[int]:
        times = [self._week.draw(self._random) * WEEK + self._random.randrange(WEEK)]
        for kind in kinds[1:]:
            times.append(self._later(times[-1], kind))
        return times

    def _later(self, now: int, kind: str) -> int:
        """Recruiters move many at once: all that reach a stage on a day do so at its hour."""
        least, most = self._pace[kind]["days"]
        hour: int = self._pace[kind]["hour"]
        days = now // DAY + self._random.randint(least, most)
        return days * DAY + hour * 60 * 60


def group_by_track(places: Sequence[Place]) -> dict[int, list[Place]]:
    groups: dict[int, list[Place]] = {}
    for place in places:
        groups.setdefault(place.track, []).append(place)
    return groups


def share_out(random: Random, applications: int, people: int, most: int) -> Iterator[int]:
    """How many applications each person makes: one to `most`, few mostly, `applications` in all."""
    left = applications - people
    for others in reversed(range(people)):
        mean = left / (others + 1)
        least = max(0, left - (most - 1) * others)
        extra = min(max(geometric(random, mean), least), left, most - 1)
        left -= extra
        yield 1 + extra


def geometric(random: Random, mean: float) -> int:
    """A whole number from 0 on, each less likely than the one before it."""
    if not mean:
        return 0
    return int(math.log(1 - random.random()) / math.log(mean / (1 + mean)))
