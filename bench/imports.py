"""Importing a list of 100,000 postings: each kind of run, and what the database alone takes for the rows.

`python -m bench.imports` prints seconds and the ratio to the floor of the same run: the same postings,
links and events in three statements. While the imports run, somebody else locks the organisation's row
again and again; the longest wait is printed.
"""

from __future__ import annotations

import csv
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.measure import prepare, timed_ms

ROWS = 100_000
DAY = date(2026, 11, 27)
TITLES = (
    *("Backend Engineer Intern", "Data Analyst", "算法工程师", "产品经理实习生", "Security Engineer"),
    *("Hardware Intern", "运营专员", "Machine Learning Scientist", "UX Designer", "财务实习生"),
)
CITIES = ("北京/上海", "Shenzhen", "杭州市", "Oslo", "San Francisco, CA", "London, UK")
DUTIES = "Build, measure and explain what the team needs, together with people of other teams. " * 5
BARE = (
    """
INSERT INTO ats_posting (organisation_id, campaign_id, track_id, pipeline_id, title, title_zh, employer,
    kind, programme, description, requirements, pay, graduation, url, is_ai, state, filled, feed,
    external_id, digest)
SELECT organisation_id, %(bare)s, track_id, pipeline_id, title, title_zh, employer, kind, programme,
    description, requirements, pay, graduation, url, is_ai, state, filled, feed, external_id, digest
FROM ats_posting WHERE campaign_id = %(filled)s
""",
    """
INSERT INTO ats_posting_locations (posting_id, location_id)
SELECT id, (SELECT min(id) FROM ats_location) FROM ats_posting WHERE campaign_id = %(bare)s
""",
    """
INSERT INTO ats_event (organisation_id, type, posting_id, data)
SELECT organisation_id, 'posting.created', id, '{"state": "open"}' FROM ats_posting
WHERE campaign_id = %(bare)s
""",
)


def main() -> None:
    prepare("bench_imports")
    season = Season()
    with tempfile.TemporaryDirectory() as folder, season.locked_by_others() as waits:
        first = written(Path(folder) / "first.csv", "")
        changed = written(Path(folder) / "changed.csv", " (m/f/d)")
        runs = {
            "dry run": season.seconds(first, dry_run=True),
            "all new": season.seconds(first),
            "nothing changed": season.seconds(first),
            "every title changed": season.seconds(changed),
        }
    floor = season.bare()
    print(f"{ROWS:,} rows of a CSV list; the bare statements for them: {floor:.1f} s")
    for name, seconds in runs.items():
        print(f"{name:>20}: {seconds:6.1f} s  {seconds / floor:5.1f}x")
    print(f"longest wait for the organisation's row: {max(waits):.2f} s")


def written(path: Path, suffix: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file).writerow
        write(["职位编号", "职位名称", "公司名称", "工作地点", "工作职责", "投递链接", "届别"])
        for n in range(ROWS):
            write(
                [
                    *(f"J{n}", f"{TITLES[n % len(TITLES)]} {n % 997}{suffix}", f"Employer {n % 200}"),
                    *(CITIES[n % len(CITIES)], DUTIES, f"https://jobs.example/{n}", "2027届"),
                ]
            )
    return path


class Season:
    """An organisation with two campaigns: one is imported into, one gets the same rows bare."""

    def __init__(self) -> None:
        from ats.models import Account
        from ats.organisations.setup import create_organisation
        from tests.factories import a_campaign

        owner, _created = Account.objects.for_email("owner@bench.example")
        self.organisation = create_organisation(by=owner, slug=f"bench-{uuid4()}", name="Bench")
        self.filled, self.bare_one = (a_campaign(self.organisation) for _ in range(2))

    def seconds(self, path: Path, **options: Any) -> float:
        from ats.postings.importing.run import import_files

        return (
            timed_ms(lambda: import_files([path], campaign=self.filled, by=None, as_of=DAY, **options)) / 1000
        )

    def bare(self) -> float:
        from django.db import connection, transaction

        def run() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in BARE:
                    cursor.execute(statement, {"bare": self.bare_one.pk, "filled": self.filled.pk})

        return timed_ms(run) / 1000

    @contextmanager
    def locked_by_others(self) -> Iterator[list[float]]:
        """Somebody locks the organisation's row every 50 ms; how long each had to wait."""
        waits, over = [0.0], threading.Event()
        thread = threading.Thread(target=self._lock, args=(waits, over.wait))
        thread.start()
        try:
            yield waits
        finally:
            over.set()
            thread.join()

    def _lock(self, waits: list[float], wait: Callable[[float], bool]) -> None:
        from django.db import connection, transaction

        from ats.models import Organisation

        while not wait(0.05):
            begun = time.perf_counter()
            with transaction.atomic():
                Organisation.objects.select_for_update(no_key=True).get(pk=self.organisation.pk)
            waits.append(time.perf_counter() - begun)
        connection.close()


if __name__ == "__main__":
    main()
