"""`manage.py load_demo`: the demo season, if it is not there yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ats.common.errors import Refused
from fixtures.demo.loading import load_demo
from fixtures.progress import bar


class Command(BaseCommand):
    help = "Loads the demo season: three employers, their people and their postings."

    def handle(self, **_options: Any) -> None:
        try:
            created = load_demo(progress=bar)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"The demo season is there: {created} postings are new.")
