"""No state and no type of event stands as a bare literal in SQL: mypy finds no such place when it changes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ats.models import (
    ApplicationState,
    DeliveryState,
    EventType,
    InterviewState,
    OfferState,
    PostingState,
    ResumeState,
)
from tests.processes import ROOT

LITERALS = {
    value
    for states in (
        *(ApplicationState, DeliveryState, EventType, InterviewState, OfferState, PostingState),
        ResumeState,
    )
    for value in states.values
}
IS_SQL = re.compile(r"\b(SELECT|UPDATE|INSERT|DELETE|WHERE|CASE|WHEN|SET)\b")
QUOTED = re.compile(r"'([a-z_.]+)'")


def texts(tree: ast.AST) -> Iterator[str]:
    """Every string, and every constant part of an f-string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def literals(path: Path) -> set[str]:
    found = (text for text in texts(ast.parse(path.read_text("utf-8"))) if IS_SQL.search(text))
    return {value for text in found for value in QUOTED.findall(text) if value in LITERALS}


def test_no_state_and_no_event_type_is_a_bare_literal_in_sql() -> None:
    files = [path for path in (ROOT / "ats").rglob("*.py") if "migrations" not in path.parts]
    found = {str(path.relative_to(ROOT)): sorted(literals(path)) for path in files}

    assert {name: values for name, values in found.items() if values} == {}


def test_a_bare_literal_is_found(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text("A = \"UPDATE x SET state = 'hired'\"\nB = f\"WHERE type = 'offer.extended' {A}\"\n")

    assert literals(source) == {"hired", "offer.extended"}
