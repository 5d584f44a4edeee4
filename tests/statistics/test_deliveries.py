"""No statement of the outbox owes its plan to statistics, of an empty site or of a long and quiet history."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now

from ats.delivery import claiming, settling
from ats.delivery.backlog import backlog
from ats.events.feed import number_events
from ats.events.retention import LEAST_KEPT, forget_events
from ats.models import Delivery, Endpoint, Event, FeedHorizon, Move, Organisation
from ats.outbox.order import free_all_waiting
from ats.outbox.routing import cancel_reversed, fan_out
from tests.factories import a_member, a_posting, an_application, an_organisation
from tests.statistics.visits import Case, assert_few_visits

pytestmark = pytest.mark.django_db

MANY = 10_000
HISTORY = 20_000
ENDPOINTS = 8
EVENTS = """
INSERT INTO ats_event
    (organisation_id, type, posting_id, candidate_id, application_id, move_id, data, number, xid)
SELECT %(organisation)s, %(type)s, %(posting)s, %(candidate)s, %(application)s, %(move)s,
    %(data)s::jsonb, CASE WHEN %(numbered)s THEN nextval('ats_event_number') END, %(xid)s::xid8
FROM generate_series(1, %(count)s)
"""
DELIVERIES = """
INSERT INTO ats_delivery (organisation_id, event_id, recipient, channel, state, settled_at, application_id)
SELECT organisation_id, id, {recipient}, '{channel}', '{state}',
    CASE WHEN '{state}' IN ('due', 'waiting') THEN NULL ELSE statement_timestamp() END, id
FROM ats_event WHERE xid = '{xid}'::xid8
"""
CHANGE = '{"from_stage": 1, "to_stage": 1, "from_state": "active", "to_state": "active"}'
TO_EACH = "'candidate:' || id"


def events(
    count: int, *, xid: int | None, numbered: bool = True, move: int | None = None, data: str = CHANGE
) -> None:
    """Events of one application; `xid` marks them, None is the transaction of the test."""
    application = an_application(a_posting(Organisation.objects.earliest("id")))
    params: dict[str, Any] = {
        "organisation": application.organisation_id,
        "type": "application.moved",
        "posting": application.posting_id,
        "candidate": application.candidate_id,
        "application": application.pk,
        "move": move,
        "data": data,
        "numbered": numbered,
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        own = cursor.fetchone()
        cursor.execute(EVENTS, params | {"xid": str(xid or (own and own[0]))})


def deliveries(*, xid: int, recipient: str = TO_EACH, channel: str = "email", state: str = "due") -> None:
    with connection.cursor() as cursor:
        cursor.execute(DELIVERIES.format(recipient=recipient, channel=channel, state=state, xid=xid))


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(params=["empty", "history"], autouse=True)
def _statistics(request: pytest.FixtureRequest) -> None:
    """Analysed while nothing was due: with no row at all, or with a long history of what was sent."""
    organisation = an_organisation()
    if request.param == "history":
        events(HISTORY, xid=1)
        deliveries(xid=1, state="sent")
    analyse()
    assert organisation.pk


def due_to_each() -> None:
    events(MANY, xid=2)
    deliveries(xid=2)


def due_to_ten() -> None:
    events(MANY, xid=2)
    deliveries(xid=2, recipient="'candidate:' || id % 10")


def due_to_endpoints() -> None:
    organisation = Organisation.objects.earliest("id")
    made = [
        Endpoint.objects.create(organisation=organisation, url="https://a.example/") for _ in range(ENDPOINTS)
    ]
    events(MANY, xid=2)
    deliveries(xid=2, channel="webhook", recipient=f"'endpoint:' || {made[0].pk} + id % {ENDPOINTS}")


def due_and_claimed() -> None:
    due_to_each()
    Delivery.objects.filter(pk__in=_some_due(500)).update(
        lease="00000000-0000-0000-0000-000000000001", leased_until=Now(), attempts=1
    )


def waiting_of_each() -> None:
    events(MANY, xid=2)
    deliveries(xid=2, state="waiting", recipient="'candidate:' || id % 1000")


def unnumbered() -> None:
    events(MANY, xid=2, numbered=False)


def old_events() -> None:
    due_to_each()
    Delivery.objects.filter(state="due").update(state="sent", settled_at=Now())
    Event.objects.update(created_at=Now() - 2 * LEAST_KEPT)


def new_events() -> None:
    Endpoint.objects.create(organisation=Organisation.objects.earliest("id"), url="https://a.example/")
    events(MANY, xid=None)


def undone_move() -> None:
    """A move whose notices are due, and the move that reverses it, whose notices are due too."""
    by = a_member(Organisation.objects.earliest("id"))
    first = Move.objects.create(organisation=by.organisation, actor=by, asked=MANY)
    events(MANY, xid=2, move=first.pk)
    deliveries(xid=2, recipient="'candidate:' || id")
    second = Move.objects.create(
        organisation=by.organisation, actor=by, asked=MANY, kind="undo", undoes=first
    )
    events(MANY, xid=3, move=second.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ats_event SET data = data || jsonb_build_object('reverses', id - %s) WHERE xid = '3'",
            [MANY],
        )
    deliveries(xid=3, recipient="'candidate:' || id")


def _some_due(count: int) -> list[int]:
    return list(
        Delivery.objects.filter(state="due").order_by("due_at", "id").values_list("pk", flat=True)[:count]
    )


def claim_and_settle() -> None:
    settling.sent(claiming.claim_oldest("email", 500))


def forget_one_batch() -> None:
    organisation = Organisation.objects.earliest("id")
    forget_events(organisation=organisation, older_than=LEAST_KEPT)
    assert FeedHorizon.objects.exists()


CASES = {
    "claim": Case(due_to_each, lambda: claiming.claim_oldest("email", 500), 500, 8),
    "claim where most have to wait": Case(due_to_ten, lambda: claiming.claim_oldest("email", 500), 500, 12),
    "claim and settle": Case(due_to_each, claim_and_settle, 500, 12),
    "claim of what a worker died with": Case(
        due_and_claimed, lambda: claiming.claim_expired("email"), 1000, 5
    ),
    "claim for endpoints": Case(
        due_to_endpoints, lambda: claiming.claim_per_endpoint(128, each=16, busy={}), 128, 15
    ),
    "free what waits": Case(waiting_of_each, free_all_waiting, 1000, 12),
    "fan out": Case(new_events, lambda: fan_out(Organisation.objects.earliest("id").pk), MANY, 20),
    "cancel what was reversed": Case(
        undone_move, lambda: cancel_reversed(Move.objects.latest("id").pk), 2 * MANY, 16
    ),
    "number": Case(unnumbered, number_events, 5000, 6),
    "retention": Case(old_events, forget_one_batch, MANY, 30),
    "backlog": Case(due_to_each, backlog, 1000, 3),
}


@pytest.mark.parametrize("name", CASES)
def test_the_rows_visited_grow_with_the_rows_asked_for_alone(name: str) -> None:
    assert_few_visits(CASES[name])
