from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ats.applications.applicant_lists import FIELDS, ApplicantReport, import_list
from ats.common.errors import Refused
from ats.common.tables.columns import headers_of
from ats.management.commands.import_postings import pair
from ats.models import Membership, Posting

FIELD_NAMES = ", ".join(headers_of(FIELDS))


class Command(BaseCommand):
    """Exit status 0 whenever the file could be read, however many rows were left out."""

    help = "Import people who applied elsewhere from CSV, a workbook or JSON: columns by their headers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--posting", type=int, required=True, metavar="ID")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the member who imports")
        parser.add_argument("--source", default="", help="of rows that name none")
        parser.add_argument("--language", default="", choices=[code for code, _ in settings.LANGUAGES])
        parser.add_argument("--map", type=pair, action="append", metavar="FIELD=COLUMN", help=FIELD_NAMES)
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        posting, member = find(options["posting"], options["by"])
        try:
            report = import_list(
                file.name,
                file.read_bytes(),
                by=member,
                posting=posting,
                source=options["source"],
                language=options["language"],
                mapping=dict(options["map"] or ()) or None,
                dry_run=dry_run,
            )
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(as_text(report))
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")


def find(posting: int, email: str) -> tuple[Posting, Membership]:
    row = Posting.objects.select_related("organisation").filter(pk=posting).first()
    if row is None:
        raise CommandError(f"There is no posting {posting}.")
    members = Membership.objects.for_org(row.organisation).select_related("account", "organisation")
    member = members.filter(account__email=email.strip().lower()).first()
    if member is None:
        raise CommandError(f"{email} is no member of {row.organisation.slug}.")
    return row, member


def as_text(report: ApplicantReport) -> str:
    pairs = ", ".join(f"{field}={column}" for field, column in report.mapping.items())
    counts = f"read {report.read} = done {report.done} + already applied {report.already_applied}"
    return "\n".join(
        [
            f"{report.file}:",
            f"  columns: {pairs}",
            *([f"  columns not used: {', '.join(report.unused)}"] if report.unused else []),
            *(f"    row {row.number}: {row.sentence}" for row in report.rejected),
            f"  {counts} + rejected {len(report.rejected)}",
        ]
    )
