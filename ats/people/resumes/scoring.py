"""How much of what résumés state is proposed, and how much of what is proposed they state."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

FIELDS = ("name", "email", "phone", "school", "degree", "graduation")


class Stated(TypedDict):
    """What a document says; "" where it says nothing. `courses` are (school, degree, graduation)."""

    name: str
    email: str
    phone: str
    courses: list[tuple[str, str, str]]


@dataclass(slots=True)
class Score:
    """Of one field: values that are stated, that are proposed, and that are both."""

    stated: int = 0
    proposed: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.stated if self.stated else 1.0


def score(pairs: Iterable[tuple[Stated, dict[str, Any]]]) -> dict[str, Score]:
    """Each field's score over documents: what each states, and the JSON Resume that it was read as.

    A degree and a graduation are right only with the right school.
    """
    scores = {field: Score() for field in FIELDS}
    for stated, document in pairs:
        for field in FIELDS:
            _add(scores[field], stated_values(field, stated), proposed_values(field, document))
    return scores


def _add(total: Score, stated: list[str], proposed: list[str]) -> None:
    total.stated += len(stated)
    total.proposed += len(proposed)
    for value in proposed:
        if value in stated:
            stated.remove(value)
            total.right += 1


def stated_values(field: str, stated: Stated) -> list[str]:
    if field in ("name", "email", "phone"):
        return _compared(field, [str(stated[field])])  # type: ignore[literal-required]
    return _of_courses(field, stated["courses"])


def proposed_values(field: str, document: dict[str, Any]) -> list[str]:
    if field in ("name", "email", "phone"):
        return _compared(field, [document.get("basics", {}).get(field, "")])
    studies = document.get("education", [])
    rows = [(row["institution"], row.get("studyType", ""), row.get("endDate", "")) for row in studies]
    return _of_courses(field, rows)


def _of_courses(field: str, rows: Iterable[tuple[str, str, str]]) -> list[str]:
    if field == "school":
        return _compared(field, [school for school, _, _ in rows])
    column = 1 if field == "degree" else 2
    found = [(_plain(row[0]), _plain(row[column])) for row in rows]
    return [f"{school}: {value}" for school, value in found if value]


def _compared(field: str, values: list[str]) -> list[str]:
    plain = [re.sub(r"\D", "", value) if field == "phone" else _plain(value) for value in values]
    return [value for value in plain if value]


def _plain(text: str) -> str:
    """In one width and without blanks, which both are the writer's."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def score_lines(scores: dict[str, Score]) -> list[str]:
    """The scores as lines of a table."""
    lines = ["field       precision  recall  stated  proposed  right"]
    for field, found in scores.items():
        counts = f"{found.stated:8}{found.proposed:10}{found.right:7}"
        lines.append(f"{field:12}{found.precision:9.2f}{found.recall:8.2f}{counts}")
    return lines
