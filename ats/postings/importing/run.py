"""The main job: files in, postings and reports out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ats.models import Campaign, Membership
from ats.postings.importing.drafts import Draft, draft
from ats.postings.importing.duplicates import Settled, settle
from ats.postings.importing.feeds import Feed, read_feed
from ats.postings.importing.identities import Known, identify, row_name
from ats.postings.importing.report import Report, proposals_of
from ats.postings.importing.store import BATCH, Stored, rehearse, store
from ats.postings.importing.target import Target, known_postings, target
from ats.postings.importing.terms import classifier_of
from ats.postings.importing.vanished import close_vanished, vanished

# Called with the file, how many of its postings are done and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be stored: its drafts with their ids, in the order of the file."""

    name: str
    feed: Feed
    target: Target
    settled: Settled
    drafts: Sequence[Draft]

    def batches(self, start: int = 0) -> Iterator[Sequence[Draft]]:
        return (self.drafts[at : at + BATCH] for at in range(start, len(self.drafts), BATCH))


def import_files(
    paths: Sequence[Path],
    *,
    campaign: Campaign,
    by: Membership | None,
    as_of: date,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    close_missing: bool = False,
    progress: Progress = lambda file, done, total: None,
) -> list[Report]:
    """Import files one after the other into a campaign; a report for each.

    All are read before the first is stored, so a file that cannot be read (`Invalid`) leaves nothing
    behind. A dry run reports the same, files that overlap among them, and locks and writes nothing.
    `as_of` is the day on which the files were true; `mapping` is the column of each field, where a
    person says it. What the files of one feed no longer list is in the report of the last of them,
    and closed with `close_missing`.
    """
    feeds = [(path.name, read_feed(path, as_of=as_of, mapping=mapping)) for path in paths]
    known = dict[str, dict[str, Known]]()
    seen = dict[str, set[str]]()
    reports = []
    for at, (name, feed) in enumerate(feeds):
        place = target(campaign=campaign, feed=feed.name, by=by)
        if feed.name not in known or not dry_run:
            known[feed.name] = known_postings(place)
        prepared = prepare(name, feed, place, known[feed.name])
        done = run(prepared, progress) if not dry_run else dry(prepared, known[feed.name])
        seen.setdefault(feed.name, set()).update(ids_in(prepared))
        report = report_of(prepared, done)
        if all(later.name != feed.name for _, later in feeds[at + 1 :]):
            mentioned = frozenset().union(*(each.mentioned for _, each in feeds if each.name == feed.name))
            gone = vanished(known[feed.name], seen=seen[feed.name], mentioned=mentioned)
            closed = close_vanished(place, gone) if close_missing and not dry_run else 0
            report = replace(report, vanished=gone, closed=closed)
        reports.append(report)
    return reports


def prepare(name: str, feed: Feed, target: Target, known: Mapping[str, Known]) -> Prepared:
    """Rows without repetitions, on their tracks and with their ids."""
    settled = settle(feed.rows, stored=known.keys())
    classifier = classifier_of(target.organisation)
    drafts = identify((draft(row, classifier) for row in settled.rows), known=known)
    return Prepared(name, feed, target, settled, drafts)


def run(prepared: Prepared, progress: Progress) -> Stored:
    done, total = Stored(), len(prepared.drafts)
    for batch in prepared.batches():
        done += store(prepared.target, batch)
        progress(prepared.name, done.created + done.updated + done.unchanged, total)
    return done


def dry(prepared: Prepared, known: dict[str, Known]) -> Stored:
    """What `run` would do; `known` then also has what it would have created."""
    done = sum((rehearse(prepared.target, batch, known=known) for batch in prepared.batches()), Stored())
    for each in prepared.drafts:
        before = known.get(each.external_id)
        known[each.external_id] = Known(each.digest, row_name(each.row), before.state if before else "")
    return done


def ids_in(prepared: Prepared) -> set[str]:
    """The ids that the file lists, of rows that repeat another as well."""
    listed = {row.external_id or row.url for row in prepared.feed.rows}
    return listed | {draft.external_id for draft in prepared.drafts}


def report_of(prepared: Prepared, done: Stored) -> Report:
    feed, settled = prepared.feed, prepared.settled
    return Report(
        file=prepared.name,
        feed=feed.name,
        read=len(feed.rows) + len(feed.rejected),
        created=done.created,
        updated=done.updated,
        unchanged=done.unchanged,
        duplicates=settled.duplicates,
        rejected=tuple(sorted(feed.rejected + settled.rejected, key=lambda each: each.number)),
        tracks=dict(Counter(each.verdict.track for each in prepared.drafts)),
        ai=sum(each.verdict.is_ai for each in prepared.drafts),
        mapping=dict(feed.mapping),
        unused=feed.unused,
        proposals=proposals_of(each.row for each in prepared.drafts),
    )
