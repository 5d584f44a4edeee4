"""`manage.py import_institutions [FILE...]`: the shipped schools, then those of public lists."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ats.common.errors import Invalid
from ats.people.institutions.importing import import_institutions, load_institutions
from ats.people.institutions.importing.files import read_institutions
from ats.people.institutions.importing.saving import Report

MOST_PROBLEMS = 20


class Command(BaseCommand):
    help = (
        "Brings the shipped schools up to date, then adds those of public lists (JSON, CSV or TSV). "
        "What is known is not overwritten; a second run changes nothing. See docs/institutions.md."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="Files, in the order to read them.")
        parser.add_argument("--country", default="", help="ISO 3166-1, for rows that name none: CN.")
        parser.add_argument("--dry-run", action="store_true", help="Report, and save nothing of the files.")

    def handle(self, *, files: list[Path], country: str, dry_run: bool, **_options: Any) -> None:
        self._print("shipped", load_institutions())
        for path in files:
            try:
                rows = read_institutions(path)
            except (Invalid, OSError) as error:
                raise CommandError(str(error)) from error
            self._print(path.name, import_institutions(rows, country=country.upper(), dry_run=dry_run))

    def _print(self, name: str, report: Report) -> None:
        self.stdout.write(
            f"{name}: read {report.read} = created {report.created} + updated {report.updated} + unchanged "
            f"{report.unchanged} + duplicate {report.duplicate} + rejected {report.rejected}"
        )
        for problem in report.problems[:MOST_PROBLEMS]:
            self.stdout.write(f"  row {problem.row}: {problem.reason}")
