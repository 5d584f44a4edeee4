"""Running an import in a test, and what came of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ats.models import Campaign, Event
from ats.postings.importing.report import Report
from ats.postings.importing.run import import_files
from tests.postings.importing.files import write_json

DAY = date(2026, 8, 22)


def imported(campaign: Campaign, *paths: Path, **options: Any) -> list[Report]:
    return import_files(paths, campaign=campaign, by=None, **{"as_of": DAY, **options})


def listed(campaign: Campaign, folder: Path, *records: dict[str, Any], **options: Any) -> Report:
    """The report of importing these records."""
    (report,) = imported(campaign, write_json(folder, list(records)), **options)
    return report


def counts(report: Report) -> tuple[int, int, int]:
    return (report.created, report.updated, report.unchanged)


def told(campaign: Campaign) -> list[tuple[str, dict[str, Any]]]:
    events = Event.objects.for_org(campaign.organisation).order_by("id")
    return list(events.values_list("type", "data"))
