"""Every reading of a candidate's data by the team is kept, whichever route it goes by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ats.models import AccessRecord, Application, Candidate
from tests.routes.declared import ROUTES
from tests.routes.notation import Route
from tests.routes.world import World

pytestmark = pytest.mark.django_db

# What names people by a number alone, and says nothing of them that one could know them by.
NUMBERS_ALONE = {
    "/api/v1/assignments/",
    "/api/v1/assignments/<pk>/",
    "/api/v1/deliveries/",
    "/api/v1/deliveries/<pk>/",
    "/api/v1/events/",
    "/api/v1/merges/",
    "/api/v1/merges/<pk>/",
    "/api/v1/moves/<pk>/",
}
READING = [
    route
    for route in ROUTES
    if route.face == "staff" and route.method == "GET" and route.path not in NUMBERS_ALONE
]


def people_in(value: Any, key: str = "") -> Iterator[int]:
    """The candidates that an answer is about, by the members that name them or their applications."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from people_in(
                inner["id"] if name == "candidate" and isinstance(inner, dict) else inner, name
            )
    elif isinstance(value, list):
        for inner in value:
            yield from people_in(inner, key)
    elif key == "candidate":
        yield value
    elif key == "application":
        yield Application.objects.get(pk=value).candidate_id


@pytest.mark.parametrize("route", READING, ids=str)
def test_who_is_shown_is_noted(world: World, route: Route) -> None:
    last = AccessRecord.objects.order_by("pk").last()

    answer = world.clients["owner"].get(world.address(route.line))

    body = answer.json() if answer["Content-Type"] == "application/json" else None
    noted = AccessRecord.objects.filter(pk__gt=last.pk if last else 0)
    shown = set(people_in(body)) | {pk for pk, email in addresses() if body and email in str(body)}
    if "resume" in route.path or route.path.startswith("/api/v1/candidates/"):
        shown.add(world.ids["candidates"])
    assert shown <= {pk for row in noted for pk in row.candidates}


def addresses() -> list[tuple[int, str]]:
    return list(Candidate.objects.exclude(email="").values_list("pk", "email"))
