"""The promises of docs/architecture.md that a program can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from api.core.permissions import LEAST_ROLE
from api.core.tenancy import MemberMay
from ats.models.tenancy import TenantQuerySet
from tests.processes import ROOT
from tests.routes import discovery

ROOMS = ("api", "ats", "backend", "web", "tests", "bench")
MOST_LINES_OF_A_FILE = 299
MOST_LINES_OF_A_FUNCTION = 40
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X{3})\b")


def sources() -> list[Path]:
    """Our Python files, but for migrations, which Django writes."""
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def test_each_room_imports_only_what_it_may() -> None:
    program = Path(sys.executable).with_name("lint-imports")

    checked = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()}

    assert {name: n for name, n in lengths.items() if n > MOST_LINES_OF_A_FILE} == {}


def test_functions_are_short() -> None:
    lengths = {name: n for path in sources() for name, n in functions(path)}

    assert {name: n for name, n in lengths.items() if n > MOST_LINES_OF_A_FUNCTION} == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_nothing_is_left_for_later() -> None:
    marked = [path for path in sources() if UNFINISHED.search(path.read_text())]

    assert marked == []


def test_what_belongs_to_an_organisation_is_read_by_organisation() -> None:
    """Rows that an organisation has many of; one to one is a part of the organisation itself."""
    owned = [
        model
        for model in apps.get_app_config("ats").get_models()
        if any(field.name == "organisation" and field.many_to_one for field in model._meta.get_fields())
    ]

    assert [model.__name__ for model in owned if not _is_scoped(model)] == []


def _is_scoped(model: type) -> bool:
    return isinstance(model.objects.all(), TenantQuerySet)  # type: ignore[attr-defined]


def test_the_permission_table_is_about_what_is_served() -> None:
    served = {pair for view in discovery.views() for pair in _staff_actions(view)}

    assert served - set(LEAST_ROLE) == set()
    assert {resource for resource, _action in LEAST_ROLE} == {resource for resource, _action in served}


def _staff_actions(view: object) -> set[tuple[str, str]]:
    view_class = getattr(view, "cls", None)
    if view_class is None or MemberMay not in getattr(view_class, "permission_classes", ()):
        return set()
    actions = getattr(view, "actions", None) or view_class.actions
    taken = {action for method, action in actions.items() if method in view_class.http_method_names}
    return {(view_class.resource, action) for action in taken}


def test_the_openapi_document_is_valid_and_made_without_a_warning() -> None:
    reset_generator_stats()
    document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]

    validate_schema(document)  # type: ignore[no-untyped-call]
    assert (dict(GENERATOR_STATS._warn_cache), dict(GENERATOR_STATS._error_cache)) == ({}, {})


@pytest.mark.parametrize("scope", sorted(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]))
def test_no_test_meets_a_rate_limit_by_accident(scope: str) -> None:
    assert settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][scope] == "1000000/min"
