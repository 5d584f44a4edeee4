"""Writing to the event log. A verb calls this inside its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ats.models import Account, Application, Event, EventType, Membership, Organisation
from ats.outbox.routing import fan_out


def new_event(
    type: EventType,
    *,
    organisation: Organisation,
    by: Membership | Account | None,
    data: dict[str, Any] | None = None,
    **subjects: Any,
) -> Event:
    """An unsaved event. `subjects` are `posting`, `candidate`, `application`, `move` or their ids.

    Its actor is the member who did it. A candidate (an account) or the product itself (None) leaves none.
    """
    return Event(organisation=organisation, type=type, actor=_actor(by), data=data or {}, **subjects)


def application_event(
    application: Application, type: EventType, *, by: Membership | Account | None, **data: Any
) -> Event:
    """An unsaved event of an application, with its posting and its candidate."""
    return Event(
        organisation_id=application.organisation_id,
        type=type,
        actor=_actor(by),
        application_id=application.pk,
        posting_id=application.posting_id,
        candidate_id=application.candidate_id,
        data=data,
    )


def _actor(by: Membership | Account | None) -> Membership | None:
    return by if isinstance(by, Membership) else None


def record_events(events: Iterable[Event]) -> list[Event]:
    """Append events to the log and queue the deliveries that they make due.

    One statement per thousand events and one for each organisation's deliveries; refuses to run
    outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event is written with its change, or not")
    rows = Event.objects.bulk_create(list(events), batch_size=1000)
    for organisation in {row.organisation_id for row in rows}:
        fan_out(organisation, first=rows[0].pk)
    return rows
