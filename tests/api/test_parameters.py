"""Every parameter of every list: what says nothing, is said twice or is spelled otherwise is refused, and
an id that is not there finds what a foreign one finds.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.test_mass_assignment import WRITERS, operation
from tests.routes.declared import ROUTES
from tests.routes.notation import Route
from tests.routes.world import World

pytestmark = pytest.mark.django_db

SPELLINGS = {
    "integer": ("1_0", "１", "+1", "0x1", "1.0", "true"),
    "boolean": ("True", "1", "yes", "off"),
    "date": ("2026-6-1", "06/01/2026", "２０２６-06-01"),
    "date-time": ("2026-06-01T12:00:00", "2026-06-01"),
}
LARGEST = str(2**63 - 1)
READS = [r for r in ROUTES if r.method == "GET" and r.face in WRITERS and "<" not in r.line.partition("?")[0]]
WITH_PARAMETERS = [r for r in READS if operation(r).get("parameters")]


def parameters(route: Route) -> dict[str, Any]:
    """The query parameters of a route and their schemas, by name; the position in a list is not one."""
    found = {p["name"]: p["schema"] for p in operation(route)["parameters"] if p["in"] == "query"}
    return {name: schema for name, schema in found.items() if name not in {"cursor", "page_size", "after"}}


def kind(schema: dict[str, Any]) -> str:
    one = schema.get("items", schema)
    return str(one["format"] if str(one.get("format", "")).startswith("date") else one.get("type", "string"))


def answer(world: World, route: Route, query: str) -> tuple[int, list[str]]:
    """The status, and the codes of what is refused of this parameter."""
    given = world.address(route.line).partition("?")
    others = [
        part for part in given[2].split("&") if part and part.partition("=")[0] != query.partition("=")[0]
    ]
    whole = "&".join([*others, query])
    response = world.clients[WRITERS[route.face]].get(f"{given[0]}?{whole}")
    errors = response.json().get("errors", []) if response.status_code == 400 else []
    return response.status_code, [e["code"] for e in errors if e["pointer"] == f"/{query.partition('=')[0]}"]


@pytest.mark.parametrize("route", WITH_PARAMETERS, ids=str)
def test_a_parameter_that_says_nothing_is_refused(world: World, route: Route) -> None:
    answers = {
        f"{name}={blank}": answer(world, route, f"{name}={blank}")
        for name in parameters(route)
        for blank in ("", "%20")
    }

    assert {query: found for query, found in answers.items() if found[0] != 400} == {}


@pytest.mark.parametrize("route", WITH_PARAMETERS, ids=str)
def test_a_parameter_given_twice_means_any_of_both_or_is_refused(world: World, route: Route) -> None:
    single = [name for name, schema in parameters(route).items() if schema.get("type") != "array"]

    answers = {name: answer(world, route, f"{name}=1&{name}=1") for name in single}

    assert {name: found for name, found in answers.items() if found[0] != 400} == {}


@pytest.mark.parametrize("route", WITH_PARAMETERS, ids=str)
def test_a_value_has_one_spelling(world: World, route: Route) -> None:
    answers = {
        f"{name}={text}": answer(world, route, f"{name}={text}")
        for name, schema in parameters(route).items()
        for text in SPELLINGS.get(kind(schema), ())
    }

    assert {query: found for query, found in answers.items() if found[0] != 400} == {}


@pytest.mark.parametrize("route", [r for r in WITH_PARAMETERS if r.face == "staff"], ids=str)
def test_an_id_that_is_not_there_finds_what_a_foreign_one_finds(world: World, route: Route) -> None:
    ids = [name for name, schema in parameters(route).items() if kind(schema) == "integer"]
    path = world.address(route.line).partition("?")[0]
    foreign = world.clients["stranger"]

    absent = {name: shown(foreign, path, name, LARGEST) for name in ids if (route.path, name) not in NUMBERS}

    assert absent == {name: shown(foreign, path, name, str(id_of(world, name))) for name in absent}


def shown(client: Any, path: str, name: str, value: str) -> tuple[int, str]:
    """The answer, with the id that was asked for struck out wherever the question is repeated."""
    response = client.get(path, {name: value})
    text = response.content.decode()
    return response.status_code, text.replace(f"{name}={value}", f"{name}=?").replace(f'\\"{value}\\"', "?")


# Integers that are no ids.
NUMBERS = {
    ("/api/v1/applications/", name)
    for name in ("days_in_stage_least", "days_in_stage_most", "preference", "degree", "degree_least")
}
SEGMENTS = {"member": "memberships"}  # where a parameter names other rows than `<name>s/` lists


def id_of(world: World, name: str) -> int:
    """The id of a row of the world that such a parameter may name, which is foreign to the stranger."""
    return int(world.ids.get(SEGMENTS.get(name, f"{name}s"), world.ids["applications"]))
