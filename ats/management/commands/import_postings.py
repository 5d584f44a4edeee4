from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from ats.common.errors import Refused
from ats.common.tables.columns import headers_of
from ats.models import Campaign, Organisation
from ats.postings.importing.adapters import ADAPTERS
from ats.postings.importing.adapters.generic import FIELDS
from ats.postings.importing.run import import_files

FIELD_NAMES = ", ".join(headers_of(FIELDS))
FEEDS = "\n".join(f"  {adapter.label}" for adapter in ADAPTERS)


class Command(BaseCommand):
    """Exit status 0 whenever the files could be read, however many rows were left out."""

    help = (
        "Import postings from files; the kind of each is found by its content, the columns by their headers."
        f"\nKnown are also:\n{FEEDS}"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--campaign", required=True, metavar="SLUG")
        parser.add_argument(
            "--map",
            type=pair,
            action="append",
            metavar="FIELD=COLUMN",
            help=f"which column is which field, where its header is not known; fields: {FIELD_NAMES}",
        )
        parser.add_argument(
            "--close-missing", action="store_true", help="close the postings that the feed no longer lists"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")
        parser.add_argument(
            "--as-of",
            type=day,
            metavar="DATE",
            help="the day that the files speak of, for ages and expiry dates (default: today)",
        )
        parser.add_argument("--report", type=Path, metavar="OUT.json", help="the reports as JSON")

    def handle(self, *, files: list[Path], dry_run: bool, **options: Any) -> None:
        campaign = find_campaign(options["organisation"], options["campaign"])
        as_of = options["as_of"] or timezone.localdate()
        try:
            reports = import_files(
                files,
                campaign=campaign,
                by=None,
                as_of=as_of,
                mapping=dict(options["map"] or ()) or None,
                dry_run=dry_run,
                close_missing=options["close_missing"],
                progress=Bars(),
            )
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        for report in reports:
            self.stdout.write(report.as_text())
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")
        if options["report"]:
            write_json(options["report"], [report.as_json() for report in reports])


class Bars:
    """A progress bar for each file; silent where nobody watches."""

    bar: tqdm[Any] | None = None

    def __call__(self, file: str, done: int, total: int) -> None:
        if self.bar is None:
            self.bar = tqdm(desc=file, total=total, unit=" postings", disable=None)
        self.bar.update(done - self.bar.n)
        if done == total:
            self.bar.close()
            self.bar = None


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day, write it as 2026-08-22") from error


def pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals:
        raise ArgumentTypeError(f"{text!r} names no column, write it as title=职位")
    return field.strip(), column.strip()


def find_campaign(organisation: str, slug: str) -> Campaign:
    owner = Organisation.objects.filter(slug=organisation).first()
    if owner is None:
        known = ", ".join(Organisation.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no organisation {organisation!r}; there are: {known}.")
    campaigns = Campaign.objects.for_org(owner).select_related("organisation")
    campaign = campaigns.filter(slug=slug).first()
    if campaign is None:
        known = ", ".join(campaigns.values_list("slug", flat=True)) or "none"
        raise CommandError(f"{organisation} has no campaign {slug!r}; there are: {known}.")
    return campaign


def write_json(path: Path, reports: list[dict[str, object]]) -> None:
    text = json.dumps(reports, ensure_ascii=False, indent=2)
    try:
        path.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"The report cannot be written to {path}: {error.strerror}.") from error
