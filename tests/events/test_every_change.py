"""Whatever a member changes by the API has its event: a walk over every writing route of the staff's face."""

from __future__ import annotations

import pytest
from django.db import transaction
from jsonschema import Draft202012Validator

from ats.events.catalogue import schema
from ats.models import Event, EventType
from tests.routes.declared import ROUTES
from tests.routes.notation import MEMBERS, Route
from tests.routes.world import World

pytestmark = pytest.mark.django_db

# Writing routes that change nothing of the organisation's, each with the reason.
NO_CHANGE = {
    "POST /api/v1/rules/<pk>/rejudge/": "verdicts that stay as they are; one that changes has its event",
    "POST /api/v1/notice-templates/preview/": "shows what would be",
    "POST /api/v1/rules/preview/": "shows what would be",
    "POST /api/v1/queue/next/": "a reservation of a quarter of an hour",
    "DELETE /api/v1/queue/<pk>/": "a reservation of a quarter of an hour",
    "POST /api/v1/scorecards/": "a draft, which nobody else sees",
    "PATCH /api/v1/scorecards/<pk>/": "a draft, which nobody else sees",
    "DELETE /api/v1/scorecards/<pk>/": "a draft, which nobody else sees",
    "POST /api/v1/rules/proposals/accept/": "nothing is proposed in this world; `test_proposals` accepts",
    "POST /api/v1/imports/": "a job; what it changes has its events",
    "POST /api/v1/imports/<pk>/mapping/": "a job; what it changes has its events",
    "POST /api/v1/imports/<pk>/run/": "a job; what it changes has its events",
    "POST /api/v1/imports/<pk>/cancel/": "a job; what it changes has its events",
    "POST /api/v1/deliveries/<pk>/redeliver/": "sends what an event has said already",
}
WRITING = [route for route in ROUTES if route.face == "staff" and route.method != "GET"]


@pytest.mark.parametrize("route", [route for route in WRITING if str(route) not in NO_CHANGE], ids=str)
def test_a_change_has_its_event(world: World, route: Route) -> None:
    who = next(role for role in reversed(MEMBERS) if route.answers[role] < 300)
    content, media_type = world.content(route)
    last = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0

    with transaction.atomic():
        answer = world.clients[who].generic(route.method, world.address(route.line), content, media_type)
        written = list(Event.objects.filter(id__gt=last))
        transaction.set_rollback(True)

    assert answer.status_code == route.answers[who]
    assert written, "no event"
    for event in written:
        Draft202012Validator(schema(EventType(event.type))).validate(event.data)


def test_the_exceptions_are_routes() -> None:
    assert set(NO_CHANGE) <= {str(route) for route in WRITING}
