"""Every route, visited by everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction

from api.core.tenancy import HEADER
from tests.routes import discovery
from tests.routes.declared import ROUTES
from tests.routes.notation import Route, path_of
from tests.routes.world import ABSENT, World

pytestmark = pytest.mark.django_db

EVERY = pytest.mark.parametrize("route", ROUTES, ids=str)
WITH_ROW = pytest.mark.parametrize(
    "route", [r for r in ROUTES if "<" in r.path and r.face != "site"], ids=str
)
STAFF = pytest.mark.parametrize("route", [r for r in ROUTES if r.face == "staff"], ids=str)
CLOSED = pytest.mark.parametrize("route", [r for r in ROUTES if r.face in {"me", "staff"}], ids=str)


def visit(world: World, route: Route, visitor: str, address: str = "", **headers: str) -> Any:
    """The answer to a valid request, whose effects are undone."""
    path = address or world.address(route.line)
    content, media_type = world.content(route)
    with transaction.atomic():
        response = world.clients[visitor].generic(route.method, path, content, media_type, headers=headers)
        transaction.set_rollback(True)
    return response


def test_the_declared_routes_are_those_of_the_site() -> None:
    declared = sorted(str(route) for route in ROUTES)

    assert declared == sorted(f"{m} {path}" for path, taken in discovery.routes().items() for m in taken)


@EVERY
def test_everybody_is_answered_as_declared(world: World, route: Route) -> None:
    answered = {visitor: visit(world, route, visitor).status_code for visitor in route.answers}

    assert answered == route.answers


@WITH_ROW
def test_a_row_of_others_is_answered_as_one_that_is_not_there(world: World, route: Route) -> None:
    absent = re.sub("<[^>]+>", str(ABSENT), route.path)
    hidden_from = [visitor for visitor, status in route.answers.items() if status == 404]

    seen = {v: _whole(visit(world, route, v)) for v in hidden_from}

    assert seen == {v: _whole(visit(world, route, v, absent)) for v in hidden_from}


@STAFF
def test_an_organisation_of_others_is_as_one_that_is_not_there(world: World, route: Route) -> None:
    named = visit(world, route, "stranger", **{HEADER: world.organisation.slug})

    unknown = visit(world, route, "stranger", **{HEADER: "no-such-organisation"})
    assert (named.status_code, named.json()["code"]) == (403, "not_a_member")
    assert _whole(named) == _whole(unknown)


@CLOSED
def test_a_wrong_token_opens_nothing(world: World, route: Route) -> None:
    answered = visit(world, route, "nobody", Authorization="Bearer intake_0123456789ab_wrong")

    assert (answered.status_code, answered.json()["code"]) == (401, "token_invalid")


@pytest.mark.parametrize("line", {route.path: route.line for route in ROUTES}.values())
def test_other_methods_are_refused_as_such(world: World, line: str) -> None:
    taken = {route.method for route in ROUTES if route.path == path_of(line)}
    others = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - taken
    client = world.clients["owner"]

    answered = {method: client.generic(method, world.address(line)).status_code for method in others}

    assert answered == dict.fromkeys(others, 405)


# What is another for each request.
OF_THE_REQUEST = {"X-Request-Id", "Server-Timing"}


def _whole(response: Any) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in response.headers.items() if name not in OF_THE_REQUEST}
    return response.status_code, response.content, headers
