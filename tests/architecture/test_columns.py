"""No column is declared and never used: whatever the tables hold, something reads."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

from tests.processes import ROOT

ROOMS = ("ats", "api", "web", "backend", "fixtures")
# Read by Django itself.
BY_DJANGO: set[str] = set()


def test_every_column_is_used_outside_of_its_declaration() -> None:
    words = set(re.findall(r"\w+", "\n".join(path.read_text() for path in sources())))
    columns = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("ats").get_models()
        for field in model._meta.local_fields
        if not {field.name, field.attname} & words
    }

    assert columns - BY_DJANGO == set()


def sources() -> list[Path]:
    """Our code, but for the declarations themselves and migrations."""
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts and path.parent.name != "models"]
