from typing import Any

from django.core.management import BaseCommand

from ats.events.catalogue import as_markdown


class Command(BaseCommand):
    help = "Prints the page of all event types, docs/events.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(), ending="")
