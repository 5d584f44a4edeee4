"""What an import has done: every record of the file is accounted for once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from ats.common.tables.outcomes import LeftOut
from ats.models import UNCLASSIFIED
from ats.postings.importing.rows import PostingRow
from ats.postings.importing.vanished import Vanished
from ats.postings.importing.windows import Range, names_class, proposed_window

SHOWN = 10  # of long lists in the text


@dataclass(frozen=True, slots=True)
class Proposal:
    """A graduation window that so many postings of a file name in these words."""

    text: str
    ranges: tuple[Range, ...]
    postings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of records; `tracks` and `ai` count the postings that the file stands for.

    `mapping` is the column of each field and `unused` are columns that became nothing, where the
    columns were found by their headers. `proposals` are graduation windows for a person to accept.
    `vanished` are postings of earlier runs that the feed no longer lists, `closed` of them are closed.
    """

    file: str
    feed: str
    read: int
    created: int
    updated: int
    unchanged: int
    duplicates: tuple[LeftOut, ...]
    rejected: tuple[LeftOut, ...]
    tracks: Mapping[str, int]
    ai: int
    mapping: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    vanished: tuple[Vanished, ...] = ()
    closed: int = 0

    def __post_init__(self) -> None:
        left_out = len(self.duplicates) + len(self.rejected)
        if self.read != self.postings + left_out or self.postings != sum(self.tracks.values()):
            raise AssertionError(f"the report does not add up: {self}")

    @property
    def postings(self) -> int:
        return self.created + self.updated + self.unchanged

    @property
    def classified_share(self) -> float:
        """Percent of the postings that are on a named track."""
        return share(self.postings - self.tracks.get(UNCLASSIFIED, 0), self.postings)

    @property
    def ai_share(self) -> float:
        """Percent of the postings that are about AI."""
        return share(self.ai, self.postings)

    def as_json(self) -> dict[str, object]:
        """The whole report, for machines."""
        shares = {"classified_percent": self.classified_share, "ai_percent": self.ai_share}
        counts = {"duplicate": len(self.duplicates), "rejected": len(self.rejected)}
        rows = {
            "duplicate_rows": [asdict(each) for each in self.duplicates],
            "rejected_rows": [asdict(each) for each in self.rejected],
        }
        plain = asdict(self)
        del plain["duplicates"], plain["rejected"]
        return plain | counts | shares | rows

    def as_text(self) -> str:
        """The report for a terminal: the rows left out by reason, then the shares, then the sum."""
        duplicates = grouped("duplicate", self.duplicates)
        rejected = grouped("rejected", self.rejected)
        heading = f"{self.file}: {self.feed}"
        found = [*mapped(self), *gone(self), *proposed(self)]
        return "\n".join([heading, *found, *duplicates, *rejected, tracked(self), counted(self)])


def proposals_of(rows: Iterable[PostingRow]) -> tuple[Proposal, ...]:
    """The windows that rows name, most frequent first."""
    texts = Counter(text for text in map(window_text, rows) if text)
    found = ((text, proposed_window(text), count) for text, count in texts.most_common())
    return tuple(Proposal(text, tuple(ranges), count) for text, ranges, count in found if ranges)


def window_text(row: PostingRow) -> str:
    """Where a row names its window: in a column, else as the class in its title or programme."""
    return row.graduation or next((text for text in (row.title, row.programme) if names_class(text)), "")


def mapped(report: Report) -> list[str]:
    lines = []
    if report.mapping:
        pairs = ", ".join(f"{field}={column}" for field, column in report.mapping.items())
        lines.append(f"  columns: {pairs}")
    if report.unused:
        lines.append(f"  columns not used: {', '.join(report.unused)}")
    return lines


def gone(report: Report) -> list[str]:
    if not report.vanished:
        return []
    more = len(report.vanished) - SHOWN
    titles = [f"    {each.external_id}: {each.title}" for each in report.vanished[:SHOWN]]
    tail = [f"    and {more} more"] if more > 0 else []
    return [f"  no longer listed: {len(report.vanished)}, closed: {report.closed}", *titles, *tail]


def proposed(report: Report) -> list[str]:
    return [
        f"  graduation window proposed for {each.postings} postings: {each.text!r} is {ranges_text(each)}"
        for each in report.proposals[:SHOWN]
    ]


def ranges_text(proposal: Proposal) -> str:
    return ", ".join(f"{each['from'] or '…'} to {each['to'] or '…'}" for each in proposal.ranges)


def share(part: int, of: int) -> float:
    return round(100 * part / of, 1) if of else 0.0


def counted(report: Report) -> str:
    return (
        f"  read {report.read} = created {report.created} + updated {report.updated}"
        f" + unchanged {report.unchanged} + duplicate {len(report.duplicates)}"
        f" + rejected {len(report.rejected)}"
    )


def tracked(report: Report) -> str:
    ranked = Counter(report.tracks).most_common()
    tracks = ", ".join(f"{code} {share(count, report.postings)} %" for code, count in ranked)
    return f"  AI {report.ai_share} %; {tracks or 'no postings'}"


def grouped(name: str, rows: tuple[LeftOut, ...]) -> list[str]:
    codes = dict.fromkeys(row.code for row in rows)
    lines = []
    for code in codes:
        same = [row for row in rows if row.code == code]
        lines.append(f"  {name}, {code}: {len(same)}")
        lines += [f"    row {row.number}: {row.sentence}" for row in same]
    return lines
