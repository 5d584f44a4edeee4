"""`manage.py import_institutions`: the schools of `fixtures/institutions.toml`, those not known yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ats.models import Institution
from ats.people.institution_list import load_institutions


class Command(BaseCommand):
    help = "Adds the schools that ship with the product; those that are known stay as they are."

    def handle(self, **_options: Any) -> None:
        before = Institution.objects.count()
        load_institutions()
        after = Institution.objects.count()
        self.stdout.write(f"{after - before} schools are new, {after} are known.")
