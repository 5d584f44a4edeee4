"""Which rows of a file are one job, and which of them stays.

Rows with the same id or the same address are one job. Rows that read the same (employer, title,
kind, programme, locations) are one job seen again, mostly a closed one under a new number; but
those that candidates can apply to at addresses of their own are requisitions of their own
(consecutive numbers, put up in the same second), and none of them is given up.

The row that stays is one that candidates can apply to, else one that is stored already, else the
newest, else the first. What is stored already always stays: it has to hear of its changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from ats.postings.importing.rows import LeftOut, PostingRow
from ats.postings.importing.text import fold

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
    places = tuple(sorted(map(fold, row.locations)))
    return (fold(row.employer), fold(row.title), row.kind, fold(row.programme), places)


# `stays` is asked with the row and whether it is stored already.
RULES = (
    Rule("same_id", lambda row: row.external_id, lambda row, stored: False),
    Rule("same_url", lambda row: row.url or None, lambda row, stored: stored),
    Rule(
        "same_description",
        description,
        lambda row, stored: stored or (row.is_live and row.url != ""),
    ),
)


def settle(rows: Iterable[PostingRow], *, stored: Set[str]) -> Settled:
    """Tells apart what stays and what does not; `stored` are the ids that the feed has already."""
    staying, left_out = list(rows), list[LeftOut]()
    for rule in RULES:
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
            if row is not best and not rule.stays(row, row.external_id in stored):
                yield row, best


def rank(row: PostingRow, stored: Set[str]) -> tuple[bool, bool, datetime, int]:
    is_stored = row.external_id in stored
    return (row.is_live, is_stored, row.published_at or LONG_AGO, -row.number)


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
