"""No value is converted to the type that is declared: each body that every route takes, with one value of
another type, is refused by the name of the member.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.test_mass_assignment import OPEN, TWINS, WRITERS, document, operation
from tests.routes.declared import ROUTES
from tests.routes.notation import Route
from tests.routes.world import World

pytestmark = pytest.mark.django_db

# By the type that is declared, what is none of it though a lenient reader would take it.
OTHERS: dict[str, tuple[Any, ...]] = {
    "integer": (1.9, "1", " 1 ", "1_0", True, [1]),
    "boolean": ("true", "no", 1, 0, "off"),
    "string": (1, 1.5, True, {"a": 1}),
    "number": (True, "1_0", " 1 ", "1e3"),
}
WRITES = [r for r in ROUTES if isinstance(r.body, dict) and r.face in WRITERS and str(r) not in OPEN | TWINS]


@pytest.mark.parametrize("route", WRITES, ids=str)
def test_a_value_of_another_type_is_refused_by_its_name(world: World, route: Route) -> None:
    body = world.body(route.body)
    send = getattr(world.clients[WRITERS[route.face]], route.method.lower())

    answers = {
        (name, repr(value)): send(world.address(route.line), body | {name: value})
        for name, value in wrong_values(route)
    }

    taken = [case for case, answer in answers.items() if f"/{case[0]}" not in pointers(answer)]
    assert taken == []


@pytest.mark.parametrize("route", WRITES, ids=str)
def test_an_instant_without_an_offset_is_refused(world: World, route: Route) -> None:
    body = world.body(route.body)
    send = getattr(world.clients[WRITERS[route.face]], route.method.lower())
    instants = [name for name, schema in members(route) if schema.get("format") == "date-time"]

    answers = [send(world.address(route.line), body | {name: "2026-06-01T12:00:00"}) for name in instants]

    codes = [error["code"] for answer in answers for error in answer.json()["errors"]]
    assert codes == ["offset_missing"] * len(instants)


def wrong_values(route: Route) -> Iterator[tuple[str, Any]]:
    for name, schema in members(route):
        for value in OTHERS.get(type_of(schema), ()):
            yield name, value


def members(route: Route) -> list[tuple[str, dict[str, Any]]]:
    """The members of the request and their schemas."""
    content = operation(route).get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return list(resolved(schema).get("properties", {}).items())


def type_of(schema: dict[str, Any]) -> str:
    """The one JSON type of a member, "" where there are several or it is no plain value."""
    whole = resolved(schema)
    types = whole.get("type", "")
    named = [types] if isinstance(types, str) else [one for one in types if one != "null"]
    is_number = "pattern" in whole and whole.get("format") == "decimal"
    return "number" if is_number else named[0] if len(named) == 1 else ""


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    parts = [part for part in schema.get("oneOf", schema.get("allOf", [])) if part != {"type": "null"}]
    if len(parts) == 1:
        return resolved(parts[0])
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: dict[str, Any] = document()["components"]["schemas"][name] if name else schema
    return found


def pointers(answer: Any) -> list[str]:
    """Where a refused request is wrong; with [1] for an integer the list itself is named."""
    errors = answer.json().get("errors", []) if answer.status_code == 400 else []
    return ["/" + error["pointer"].split("/")[1] for error in errors if error["pointer"]]
