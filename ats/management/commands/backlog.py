from typing import Any

from django.core.management import BaseCommand

from ats.delivery.backlog import backlog


class Command(BaseCommand):
    help = "Shows how many deliveries are due, how old the oldest is, and how many are dead letters."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{'channel':<10}{'due':>10}{'oldest (s)':>12}{'dead':>10}")
        for channel, counts in backlog().items():
            due, age, dead = counts.values()
            self.stdout.write(f"{channel:<10}{due:>10}{age:>12}{dead:>10}")
