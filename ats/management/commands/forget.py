"""`manage.py forget`: what the schedule does every night, by hand, for another age, or only counted."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError

from ats.events.retention import KEPT, LEAST_KEPT, forget_all


class Command(BaseCommand):
    help = "Deletes old events with their deliveries, from the beginning of each organisation's feed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT.days, help="Keep what is younger (400).")
        parser.add_argument("--dry-run", action="store_true", help="Only say how many it would be.")

    def handle(self, *args: Any, days: int, dry_run: bool, **options: Any) -> None:
        if days < LEAST_KEPT.days:
            raise CommandError(f"Events are kept for at least {LEAST_KEPT.days} days.")
        for slug, count in forget_all(older_than=timedelta(days=days), dry_run=dry_run).items():
            self.stdout.write(f"{slug}: {count} events")
