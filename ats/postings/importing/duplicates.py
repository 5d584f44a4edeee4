"""Which rows of a file are one job, and which of them stays.

Rows with the same id or the same address are one job. Rows that read the same (employer, title,
kind, programme, locations, text) are one job seen again, mostly a closed one under a new number; but
those that candidates can apply to at different addresses are different requisitions (consecutive
numbers, published in the same second), and none of them is given up. Rows of one title with
different duties are different jobs.

The row that stays is one that candidates can apply to, else one that is stored already, else the
newest, else the first. What is stored already always stays: its changes have to reach it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from ats.common.tables.outcomes import LeftOut
from ats.common.tables.text import fold
from ats.postings.importing.rows import PostingRow

NAMED_TITLES, OTHER_TITLES = 3, 2  # at one address that make it a portal, with ids and without
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Settled:
    """Rows that become postings, in the order of the file, and those that do not."""

    rows: tuple[PostingRow, ...]
    duplicates: tuple[LeftOut, ...]
    rejected: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows with equal keys are one job (None: with no other); `stays` spares more than the best."""

    code: str
    key: Callable[[PostingRow], Hashable | None]
    stays: Callable[[PostingRow, bool], bool]


def description(row: PostingRow) -> Hashable:
    names = (fold(row.employer), fold(row.title), row.kind, fold(row.programme))
    return (*names, tuple(sorted(map(fold, row.locations))), row.description, row.requirements)


def rules(rows: Collection[PostingRow]) -> tuple[Rule, ...]:
    """The rules for a file; `stays` is asked with the row and whether it is stored already."""
    portals = portals_in(rows)
    return (
        Rule("same_id", lambda row: row.external_id or None, lambda row, stored: False),
        Rule("same_url", lambda row: row.url if row.url not in portals else None, lambda row, stored: stored),
        Rule(
            "same_description",
            description,
            lambda row, stored: stored or (row.is_live and row.url not in portals),
        ),
    )


def portals_in(rows: Collection[PostingRow]) -> Set[str]:
    """Addresses at which one applies to many jobs, such as an employer's career site; "" among them.

    Without ids, two titles at one address are two jobs. With ids they are one job that was renamed,
    unless there are three or more and a third of the file gives this address.
    """
    titles, counts = defaultdict[str, set[str]](set), Counter[str]()
    named = {row.url for row in rows if row.external_id}
    for row in rows:
        titles[row.url].add(fold(row.title))
        counts[row.url] += 1
    least = {url: NAMED_TITLES if url in named else OTHER_TITLES for url in titles}
    frequent = {url for url, count in counts.items() if url not in named or count * 3 >= len(rows)}
    return {""} | {url for url in frequent if len(titles[url]) >= least[url]}


def settle(rows: Iterable[PostingRow], *, stored: Set[str]) -> Settled:
    """Tells apart what stays and what does not; `stored` are the ids that the feed has already."""
    staying, left_out = list(rows), list[LeftOut]()
    for rule in rules(staying):
        keepers = {row.number: keeper for row, keeper in kept_for(staying, rule, stored)}
        left_out += [verdict(rule, row, keepers[row.number]) for row in staying if row.number in keepers]
        staying = [row for row in staying if row.number not in keepers]
    left_out.sort(key=lambda each: each.number)
    return Settled(
        rows=tuple(staying),
        duplicates=tuple(each for each in left_out if each.code != "same_id_other_job"),
        rejected=tuple(each for each in left_out if each.code == "same_id_other_job"),
    )


def kept_for(
    rows: Iterable[PostingRow], rule: Rule, stored: Set[str]
) -> Iterable[tuple[PostingRow, PostingRow]]:
    """Each row that goes, with the one that stays for it."""
    groups = defaultdict[Hashable, list[PostingRow]](list)
    for row in rows:
        if (key := rule.key(row)) is not None:
            groups[key].append(row)
    for group in groups.values():
        best = max(group, key=lambda row: rank(row, stored))
        for row in group:
            if row is not best and not rule.stays(row, stored_id(row) in stored):
                yield row, best


def rank(row: PostingRow, stored: Set[str]) -> tuple[bool, bool, datetime, int]:
    is_stored = stored_id(row) in stored
    return (row.is_live, is_stored, row.published_at or LONG_AGO, -row.number)


def stored_id(row: PostingRow) -> str:
    return row.external_id or row.url


def verdict(rule: Rule, row: PostingRow, keeper: PostingRow) -> LeftOut:
    is_same_job = row.url == keeper.url != "" or description(row) == description(keeper)
    code = rule.code if rule.code != "same_id" or is_same_job else "same_id_other_job"
    return LeftOut.because(
        row.number,
        code,
        of=keeper.number,
        id=row.external_id,
        url=row.url,
        title=f"{row.title!r} ({row.employer})",
        other=f"{keeper.title!r} ({keeper.employer})",
    )
