"""What a request may not set it may not send: each such member is refused by its name."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from ats.models import Account
from tests.routes.declared import ROUTES
from tests.routes.notation import Route
from tests.routes.world import World

pytestmark = pytest.mark.django_db

WRITERS = {"staff": "owner", "me": "candidate", "public": "nobody"}
# Columns that no route lets anybody set, whether or not it shows them.
NEVER = {"id", "pk", "organisation", "organisation_id", "account", "account_id", "digest", "is_demo"}
# A JSON Resume document may say more than the product reads: it is kept whole, as one value.
OPEN = {"PUT /api/v1/me/profile/"}
# Answers as the one without a slash at its end, which is the documented one.
TWINS = {"POST /api/v1/eligibility/check/"}
WRITES = [r for r in ROUTES if isinstance(r.body, dict) and r.face in WRITERS and str(r) not in OPEN | TWINS]


@pytest.mark.parametrize("route", WRITES, ids=str)
def test_members_that_can_not_be_set_are_refused(world: World, route: Route) -> None:
    unwanted = sorted((shown(route) | NEVER) - settable(route))
    body = world.body(route.body) | dict.fromkeys(unwanted, 1)
    send = getattr(world.clients[WRITERS[route.face]], route.method.lower())

    media_types = operation(route)["requestBody"]["content"]
    answer = send(
        world.address(route.line), body, format="json" if "application/json" in media_types else "multipart"
    )

    refused = [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
    assert refused == [(f"/{name}", "unknown_field") for name in unwanted]


def test_a_profile_sets_nothing_but_the_profile(world: World) -> None:
    account = world.accounts["candidate"]
    document = {"basics": {"name": "Li Na"}, "email": "other@example.com", "is_active": False, "id": 1}

    world.clients["candidate"].put("/api/v1/me/profile/", document)

    kept = Account.objects.get(pk=account.pk)
    assert (kept.profile, kept.email, kept.is_active) == (document, account.email, True)


def shown(route: Route) -> set[str]:
    """The members of what the route answers."""
    successes = [a for status, a in operation(route)["responses"].items() if status.startswith("2")]
    return {name for answer in successes for name in members(answer)}


def settable(route: Route) -> set[str]:
    return members(operation(route)["requestBody"])


def members(content: Any) -> set[str]:
    """Of JSON, or of the form that a route takes instead."""
    described = list(content.get("content", {}).values())
    return names(described[0]["schema"]) if described else set()


def names(schema: Any) -> set[str]:
    """The members of an object, of each in a list, or of any of several kinds."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    whole = document()["components"]["schemas"][name] if name else schema
    parts = [*whole.get("oneOf", ()), *filter(None, [whole.get("items")])]
    return set(whole.get("properties", ())).union(*map(names, parts))


def operation(route: Route) -> Any:
    return document()["paths"][route.path.replace("<pk>", "{id}")][route.method.lower()]


@cache
def document() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
