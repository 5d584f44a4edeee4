"""How many SQL statements each route costs: as many for thirty rows as for one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.api.counts import COUNTS
from tests.api.crowd import grow
from tests.routes.declared import ROUTES
from tests.routes.notation import Route
from tests.routes.world import World, a_world

pytestmark = pytest.mark.django_db

VISITORS = {"staff": "owner", "me": "candidate", "public": "nobody"}
COUNTED = [route for route in ROUTES if route.face in VISITORS]


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A world with thirty rows of everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = a_world()
        grow(world)
        connection.check_constraints()  # once: what is left to check is checked after every test
        yield world
        transaction.set_rollback(True)


def test_every_route_of_the_api_is_counted() -> None:
    assert sorted(COUNTS) == sorted(str(route) for route in COUNTED)


# Lists of which nobody has thirty rows: what ships with the product or is there once for each stage,
# purpose, employer or kind of notice, and pairs that look alike.
FIXED = {
    "/api/v1/applications/counts/",
    "/api/v1/duplicates/",
    "/api/v1/event-types/",
    "/api/v1/imports/",
    "/api/v1/me/consents/",
    "/api/v1/me/invitations/",
    "/api/v1/me/memberships/",
    "/api/v1/me/notices/",
    "/api/v1/me/postings/",
    "/api/v1/me/preferences/",
    "/api/v1/me/resumes/",
    "/api/v1/notice-templates/",
    "/api/v1/pipeline-templates/",
    "/api/v1/public/consent-texts/",
    "/api/v1/rule-kinds/",
    "/api/v1/rules/counts/",
    "/api/v1/rules/proposals/",
}
LISTS = [
    route
    for route in COUNTED
    if route.method == "GET"
    and route.path.endswith("s/")
    and route.path not in FIXED
    and "<" not in route.path
]


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_thirty_rows_are_listed(crowd: World, route: Route) -> None:
    listed = crowd.clients[VISITORS[route.face]].get(route.path).json()["results"]

    assert len(listed) >= 30


@pytest.mark.parametrize("route", COUNTED, ids=str)
def test_thirty_rows_cost_as_many_statements_as_one(world: World, crowd: World, route: Route) -> None:
    counted = [statements(among, route) for among in (world, crowd)]

    assert counted == [COUNTS[str(route)]] * 2


def statements(world: World, route: Route) -> int:
    client = world.clients[VISITORS[route.face]]
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        answer = client.generic(route.method, world.address(route.line), *world.content(route))
        transaction.set_rollback(True)
    assert answer.status_code == route.answers[VISITORS[route.face]]
    return len(captured)
