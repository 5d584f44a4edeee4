"""What an import has done: every record of the file is accounted for once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ats.models import UNCLASSIFIED
from ats.postings.importing.rows import LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of records; `tracks` and `ai` count the postings that the file stands for."""

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

    def __post_init__(self) -> None:
        left_out = len(self.duplicates) + len(self.rejected)
        if self.read != self.postings + left_out or self.postings != sum(self.tracks.values()):
            raise AssertionError(f"the report does not add up: {self}")

    @property
    def postings(self) -> int:
        return self.created + self.updated + self.unchanged

    @property
    def classified_share(self) -> float:
        """Percent of the postings that are on a track of their own."""
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
        return "\n".join([heading, *duplicates, *rejected, tracked(self), counted(self)])


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
