"""`manage.py doctor`: is this deployment well, seen from inside, and if not, what is to be done."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.doctor import examine


class Command(BaseCommand):
    help = "Checks settings, servers, versions, workers, mail, storage and room, and says what to do."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        findings = []
        for finding in examine():
            mark = "ok  " if finding.is_well else "FAIL"
            self.stdout.write(f"{mark} {finding.name:<11} {finding.sentence}")
            if not finding.is_well:
                self.stdout.write(f"                 {finding.remedy}")
                findings.append(finding.name)
        if findings:
            raise CommandError(f"Not well: {', '.join(findings)}.")
