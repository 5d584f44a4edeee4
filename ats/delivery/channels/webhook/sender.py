from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from ats.delivery import claiming
from ats.delivery.channels.webhook.addresses import resolve
from ats.delivery.channels.webhook.http import post
from ats.delivery.channels.webhook.signing import headers
from ats.delivery.outcomes import PermanentFailure, TransientFailure
from ats.events.feed import number_all_events
from ats.models import Channel, Delivery, Endpoint, Event
from ats.organisations import endpoints

EACH = 16  # under way to one endpoint
GONE = "it answered 410: it wants no more"


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook for one endpoint, signed `at`. `uid` is its `webhook-id`, the same over all retries."""

    delivery: Delivery
    endpoint: Endpoint
    at: datetime
    uid: str
    body: bytes
    headers: dict[str, str]

    @property
    def deliveries(self) -> list[Delivery]:
        return [self.delivery]


class Gone(PermanentFailure):
    """The receiver wants no more webhooks."""


class Webhook:
    """By Standard Webhooks, many at once: a slow receiver holds up its own and no other."""

    width = 64
    together = 64
    batch = 64
    is_alone = True
    turn = 200.0

    def suspects(self) -> list[Delivery]:
        claiming.give_up_lost(Channel.WEBHOOK)
        return []  # a hook does nothing that could kill a process; they go with the others

    def claim(self, limit: int) -> list[Delivery]:
        held = claiming.claim_fairly(Channel.WEBHOOK, limit, each=EACH)
        if held:
            number_all_events()  # a hook names its event's place in the feed
        return claiming.with_subjects(held)

    def compose(self, delivery: Delivery) -> Hook:
        endpoint = Endpoint.objects.get(pk=delivery.recipient.partition(":")[2])
        if not endpoint.is_active or endpoint.removed_at:
            raise PermanentFailure("the endpoint is switched off")
        assert delivery.event is not None  # a constraint of the table
        now = claiming.held_since(delivery)
        uid, body = str(delivery.uid), _body(delivery.event)
        signed = headers(endpoint.secrets(now), id=uid, timestamp=int(now.timestamp()), body=body)
        return Hook(delivery, endpoint, now, uid, body, signed)

    @contextmanager
    def session(self) -> Iterator[Callable[[Hook], None]]:
        yield _send

    def settled(self, parcel: Hook, error: Exception | None) -> None:
        if error is None:
            endpoints.works(parcel.endpoint)
        elif isinstance(error, Gone):
            endpoints.disable(parcel.endpoint, reason=GONE)
        else:
            endpoints.fails(parcel.endpoint, reason=str(error))


def _send(hook: Hook) -> None:
    answer = post(resolve(hook.endpoint.url), hook.body, hook.headers)
    if answer.status == HTTPStatus.GONE:
        raise Gone(GONE)
    if not HTTPStatus(200) <= answer.status < HTTPStatus(300):
        raise TransientFailure(
            f"it answered {answer.status}", after=_retry_after(answer.retry_after, hook.at)
        )


def _retry_after(text: str, now: datetime) -> timedelta:
    """How long the receiver asks us to wait, in seconds or until a date; nothing when unreadable."""
    if text.isascii() and text.isdigit():
        return timedelta(seconds=int(text[:9]))
    try:
        return parsedate_to_datetime(text) - now
    except (ValueError, TypeError):
        return timedelta(0)


def payload(event: Event) -> dict[str, Any]:
    """What an endpoint is told: the event as the feed shows it. Ids and codes, nobody's personal data."""
    return {
        "type": event.type,
        "timestamp": event.created_at.isoformat(),
        "data": {
            "id": event.pk,
            "cursor": str(event.number),
            "actor": event.actor_id,
            "move": event.move_id,
            "posting": event.posting_id,
            "candidate": event.candidate_id,
            "application": event.application_id,
            "data": event.data,
        },
    }


def _body(event: Event) -> bytes:
    return json.dumps(payload(event), ensure_ascii=False, separators=(",", ":")).encode()
