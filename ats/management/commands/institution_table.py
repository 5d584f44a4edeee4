"""`manage.py institution_table FILE...`: how many mentions of schools are recognised, and how many falsely.

A file is TSV with the headings kind, text, country and means: the school's name in either language,
"?" for a mention that has to be asked about, "-" for one of no school that is known.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ats.people.institutions import Mention, Outcome, Recognition, resolve

RESULTS = ("recognised", "ambiguous", "unknown", "missed", "false")
OPEN = {Outcome.AMBIGUOUS: "?", Outcome.UNKNOWN: "-"}

Case = dict[str, str]


def read_cases(path: Path) -> list[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def judge_cases(cases: list[Case]) -> list[str]:
    """For each case what came of it, one of RESULTS.

    "missed" was left open, or to be asked, where it could be known; "false" is another school than meant,
    or one where none can be known.
    """
    found = resolve([Mention(case["text"], country=case["country"]) for case in cases])
    return [_result(case["means"], recognition) for case, recognition in zip(cases, found, strict=True)]


def _result(means: str, found: Recognition) -> str:
    if found.institution:
        return "recognised" if means in (found.institution.name, found.institution.name_zh) else "false"
    return str(found.outcome) if means == OPEN[found.outcome] else "missed"


class Command(BaseCommand):
    help = "Prints how many mentions of schools are recognised, left open, missed and false. Stores nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *, files: list[Path], **_options: Any) -> None:
        cases = [case for path in files for case in read_cases(path)]
        results = judge_cases(cases)
        kinds = list(dict.fromkeys(case["kind"] for case in cases))
        self._print("kind", "mentions", RESULTS)
        for kind in kinds:
            self._count(
                kind, [result for case, result in zip(cases, results, strict=True) if case["kind"] == kind]
            )
        self._count("all", results)
        for case, result in zip(cases, results, strict=True):
            if result in ("missed", "false"):
                self.stdout.write(f"{result}: {case['text']} ({case['country'] or 'no country'})")

    def _count(self, kind: str, results: list[str]) -> None:
        counts = Counter(results)
        self._print(kind, len(results), [counts[result] for result in RESULTS])

    def _print(self, kind: str, total: object, cells: Iterable[object]) -> None:
        self.stdout.write(f"{kind:<14}" + "".join(f"{cell!s:>11}" for cell in (total, *cells)))
