"""Putting generated people and what they filed into the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from ats.leaves.reference import reference
from ats.models import Institution, Membership, Posting, Role, Stage
from ats.models.words import words_of
from ats.seasons import staging
from ats.seasons.choices import Filing
from ats.seasons.people import Person
from ats.seasons.progress import Progress

Filed = tuple[Person, list[Filing]]

PEOPLE_AT_ONCE = 5_000  # bounds the memory


def load(people: Iterable[Filed], *, by: Membership, postings: list[Posting], progress: Progress) -> None:
    """Candidates, educations, applications, moves and events, within the caller's transaction."""
    # Checks happen with each statement and not all at the end, which bounds their memory, too.
    staging.run("SET CONSTRAINTS ALL IMMEDIATE")
    staging.run(staging.STAGED)
    rows = Rows(postings)
    for batch in progress(batches(people), doing="Making people"):
        rows.copy(batch)
    for statement in progress(staging.ORDERED, doing="Ordering by time"):
        staging.run(statement)
    _put_in_place(by, progress)
    staging.run(staging.FILLED)
    staging.run(staging.FINISHED)
    staging.run("SET CONSTRAINTS ALL DEFERRED")
    staging.run(f"ANALYZE {staging.TOUCHED}")


def batches(people: Iterable[Filed]) -> Iterator[list[tuple[int, Filed]]]:
    """A few thousand people at a time, numbered from one."""
    numbered = enumerate(people, start=1)
    while batch := list(islice(numbered, PEOPLE_AT_ONCE)):
        yield batch


class Rows:
    """Writes facts as rows of the staging tables, with the ids of what they refer to."""

    def __init__(self, postings: list[Posting]) -> None:
        self._postings = [posting.pk for posting in postings]
        self._stages = first_stages(postings[0].pipeline_id)
        self._institutions = dict(Institution.objects.values_list("name_zh", "id"))

    def copy(self, batch: list[tuple[int, Filed]]) -> None:
        people = (self.person(number, *filed) for number, filed in batch)
        staging.copy("season_person", staging.PERSON, people)
        filings = (self.filing(number, one) for number, (_, many) in batch for one in many)
        staging.copy("season_filing", staging.FILING, filings)

    def person(self, number: int, person: Person, filings: list[Filing]) -> tuple[Any, ...]:
        return (
            number,
            person.name,
            person.email,
            person.language,
            self._institutions.get(person.institution),
            person.institution_name,
            person.degree,
            person.major,
            person.starts_on,
            person.graduates_on,
            words_of((person.name, person.email, person.institution_name)),
            min(filing.times[0] for filing in filings),
        )

    def filing(self, person: int, filing: Filing) -> tuple[Any, ...]:
        stages = [self._stages[kind] for kind in filing.kinds]
        posting = self._postings[filing.posting]
        return person, posting, filing.preference, filing.source, stages, filing.times


def first_stages(pipeline: int) -> dict[str, int]:
    """The first stage of each kind."""
    rows = Stage.objects.filter(pipeline=pipeline).order_by("-position")
    return dict(rows.values_list("kind", "id"))


def _put_in_place(by: Membership, progress: Progress) -> None:
    facts = {
        "organisation": by.organisation_id,
        "opens": _opening(),
        "actors": _movers(by),
    }
    for doing, table, statement in staging.LOADS:
        for first in progress(staging.chunks(staging.count(table)), doing=doing):
            staging.run(statement, facts | {"first": first, "end": first + staging.CHUNK})


def _opening() -> datetime:
    """The instant that generated times are counted from."""
    calendar = reference("generator")["calendar"]
    return datetime.combine(calendar["opens_on"], time(), ZoneInfo(calendar["time_zone"]))


def _movers(by: Membership) -> list[int]:
    """The accounts that take turns at moving people."""
    members = Membership.objects.for_org(by.organisation)
    movers = members.filter(role__in=(Role.RECRUITER, Role.OWNER)).order_by("id")
    return list(movers.values_list("account_id", flat=True))
