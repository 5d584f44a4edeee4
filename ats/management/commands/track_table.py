from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ats.postings.importing.track_table import Score, Title, score, shipped_classifier

TITLES = Path(__file__).resolve().parents[3] / "tests" / "postings" / "importing" / "titles.csv"


class Command(BaseCommand):
    """Prints how the shipped terms put a table of titles (title,track,names_ai) on tracks."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=TITLES, metavar="TITLES.csv")

    def handle(self, *, file: Path, **options: Any) -> None:
        found = score(titles_in(file), shipped_classifier())
        self.stdout.write(as_text(found))


def titles_in(path: Path) -> list[Title]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [Title(row["title"], row["track"], row["names_ai"] == "yes") for row in csv.DictReader(file)]


def as_text(found: Score) -> str:
    wrong = [f"  {title}: {track}" for title, track in found.wrong]
    missed = f"missed {len(found.missed)} ({found.ai_missed:.1%})"
    return "\n".join(
        [
            f"titles {found.titles}, on a track {found.placed}, on the right one {found.right}",
            f"precision {found.precision:.3f}, recall {found.recall:.3f}",
            f"naming AI {found.named_ai}, {missed}, marked without naming it {len(found.falsely_ai)}",
            *(["on another track:", *wrong] if wrong else []),
            *(["AI missed:", *(f"  {title}" for title in found.missed)] if found.missed else []),
            *(["AI by mistake:", *(f"  {title}" for title in found.falsely_ai)] if found.falsely_ai else []),
        ]
    )
