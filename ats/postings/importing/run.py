"""The main job: files in, postings and reports out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from django.db import transaction

from ats.models import Account, Campaign
from ats.postings.importing.drafts import draft
from ats.postings.importing.duplicates import settle
from ats.postings.importing.feeds import Feed, read_feed
from ats.postings.importing.report import Report
from ats.postings.importing.store import store, stored_ids, target
from ats.postings.importing.terms import classifier_of

BATCH = 500  # postings a transaction

# Told the file, how many of its postings are done and how many there are.
Progress = Callable[[str, int, int], None]


def import_files(
    paths: Sequence[Path],
    *,
    campaign: Campaign,
    by: Account | None,
    as_of: date,
    dry_run: bool = False,
    progress: Progress = lambda file, done, total: None,
) -> list[Report]:
    """Imports files one after the other into a campaign; a report for each.

    All are read before the first is stored, so a file that can not be read (`Invalid`) leaves
    nothing behind. A dry run does the same work and rolls it back: only so are files that overlap
    reported as they would be. `as_of` is the day on which the files were true.
    """
    feeds = [(path.name, read_feed(path, as_of=as_of)) for path in paths]
    if not dry_run:
        return [import_feed(name, feed, campaign, by, progress) for name, feed in feeds]
    with transaction.atomic():
        reports = [import_feed(name, feed, campaign, by, progress) for name, feed in feeds]
        transaction.set_rollback(True)
    return reports


def import_feed(name: str, feed: Feed, campaign: Campaign, by: Account | None, progress: Progress) -> Report:
    place = target(campaign=campaign, feed=feed.name, by=by)
    settled = settle(feed.rows, stored=stored_ids(place))
    classifier = classifier_of(campaign.organisation)
    drafts = [draft(row, classifier) for row in settled.rows]
    done = []
    for start in range(0, len(drafts), BATCH):
        done.append(store(place, drafts[start : start + BATCH]))
        progress(name, min(start + BATCH, len(drafts)), len(drafts))
    return Report(
        file=name,
        feed=feed.name,
        read=len(feed.rows) + len(feed.rejected),
        created=sum(each.created for each in done),
        updated=sum(each.updated for each in done),
        unchanged=sum(each.unchanged for each in done),
        duplicates=settled.duplicates,
        rejected=tuple(sorted(feed.rejected + settled.rejected, key=lambda each: each.number)),
        tracks=dict(Counter(each.verdict.track for each in drafts)),
        ai=sum(each.verdict.is_ai for each in drafts),
    )
