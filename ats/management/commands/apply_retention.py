"""`manage.py apply_retention`: what the schedule does every night, by hand or only counted."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ats.privacy.retention import run_retention


class Command(BaseCommand):
    help = "Removes what is kept longer than fixtures/retention.toml allows, and reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        verb = "would go" if dry_run else "gone"
        for outcome in run_retention(dry_run=dry_run):
            self.stdout.write(f"{outcome.rule:<20} {outcome.due:>8} {verb} (after {outcome.days} days)")
