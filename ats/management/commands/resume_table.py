"""`manage.py resume_table FOLDER`: what becomes of each file of a folder, and what it says.

With `--stated FILE`, JSON that says what each file states, also how much of it was read, field by field.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from ats.people.resumes.pipeline import Finding, read_file
from ats.people.resumes.scoring import score, score_lines

COLUMNS = ("file", "kind", "outcome", "name", "email", "phone", "schools", "degrees", "graduation")


def row(file: Path, finding: Finding) -> dict[str, Any]:
    """One file's line of the table. `degrees` and `graduation` have a value, or "", for each of `schools`."""
    basics = finding.document.get("basics", {})
    studies = finding.document.get("education", [])
    return {
        "file": file.name,
        "kind": str(finding.kind or ""),
        "outcome": f"{finding.state}: {finding.code}" if finding.code else str(finding.state),
        "name": basics.get("name", ""),
        "email": basics.get("email", ""),
        "phone": basics.get("phone", ""),
        "schools": [study["institution"] for study in studies],
        "degrees": [study.get("studyType", "") for study in studies],
        "graduation": [study.get("endDate", "") for study in studies],
    }


def _files(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.iterdir()) if file.is_file()]


class Command(BaseCommand):
    help = "Prints what is read out of the résumés in a folder. Stores nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--stated", type=Path, help="JSON: what each file states (`scoring.Stated`).")
        parser.add_argument("--json", type=Path, help="Also write the table to this file.")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = {file: read_file(file.name, file.read_bytes()) for file in _files(options["folder"])}
        rows = [row(file, finding) for file, finding in findings.items()]
        if options["json"]:
            options["json"].write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
        cells = [list(COLUMNS), *([_cell(each[name]) for name in COLUMNS] for each in rows)]
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
        for line in cells:
            self.stdout.write("  ".join(map(_pad, line, widths)).rstrip())
        if options["stated"]:
            stated = json.loads(options["stated"].read_text("utf-8"))
            found = {file.name: finding.document for file, finding in findings.items()}
            self.stdout.write("\n".join(score_lines(score((stated[name], found[name]) for name in stated))))


def _cell(value: Any) -> str:
    return "; ".join(part or "?" for part in value) if isinstance(value, list) else value


def _width(text: str) -> int:
    """Columns on a terminal: Chinese takes two each."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
