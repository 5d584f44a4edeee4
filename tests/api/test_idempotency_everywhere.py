"""Every POST of somebody who is signed in takes an idempotency key."""

from __future__ import annotations

import pytest

from tests.routes.declared import ROUTES
from tests.routes.notation import VISITORS, Route
from tests.routes.world import World

KEY = {"Idempotency-Key": "season-2026"}


def taken(route: Route) -> bool:
    """Whether the declared request is carried out for anybody, so that there is an answer to repeat."""
    return any(200 <= status < 300 for status in route.answers.values())


# Who signs in is nobody yet, and who is erased is nobody any more.
WITHOUT_KEYS = ("/api/v1/tokens/", "/api/v1/codes/", "/api/v1/me/erasure/")
POSTS = [
    r
    for r in ROUTES
    if r.method == "POST" and r.face in ("staff", "me") and not r.path.startswith(WITHOUT_KEYS) and taken(r)
]


@pytest.mark.django_db
@pytest.mark.parametrize("route", POSTS, ids=str)
def test_every_post_is_answered_once_and_again(world: World, route: Route) -> None:
    visitor = next(name for name in VISITORS if 200 <= route.answers[name] < 300)
    line = world.address(route.line)
    content, media_type = world.content(route)
    client = world.clients[visitor]

    first, second = (client.generic("POST", line, content, media_type, headers=KEY) for _ in range(2))

    if second.status_code == 409:
        assert second.json()["code"] == "answered_once"
    else:
        assert (second.status_code, second.content) == (first.status_code, first.content)
        assert second.headers["Idempotency-Replayed"] == "true"
