"""What the documentation names is there: each test and each file of the repository."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.processes import ROOT

PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
NAMED_FILE = re.compile(
    r"`((?:ats|api|backend|web|tests|bench|fixtures|docs)/[\w/.-]+\.(?:py|toml|md))(?:::(\w+))?`"
)
NAMED_TEST = re.compile(r"`(test_\w+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_what_is_there(page: Path) -> None:
    text = page.read_text()
    absent = [name for name, _function in NAMED_FILE.findall(text) if not (ROOT / name).exists()]
    unknown = [
        f"{file}::{name}" for file, name in NAMED_FILE.findall(text) if name and name not in functions(file)
    ]
    nowhere = [name for name in NAMED_TEST.findall(text) if name not in all_tests()]

    assert absent + unknown + nowhere == []


@cache
def functions(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.exists() or path.suffix != ".py":
        return frozenset()
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, defined))


@cache
def all_tests() -> frozenset[str]:
    files = (str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py"))
    modules = frozenset(path.stem for path in (ROOT / "tests").rglob("test_*.py"))
    return modules.union(*map(functions, files))
