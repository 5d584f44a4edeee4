from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from django.db.models import prefetch_related_objects

from ats.delivery import claiming, settling
from ats.delivery.channels.webhook.addresses import resolve
from ats.delivery.channels.webhook.http import post
from ats.delivery.channels.webhook.signing import headers
from ats.delivery.outcomes import PermanentFailure, TransientFailure
from ats.delivery.retrying import ATTEMPTS
from ats.events.feed import number_all_events
from ats.models import Channel, Delivery, Endpoint, Event
from ats.models.delivery import ENDPOINT
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
    """By Standard Webhooks, many at once: a slow receiver delays its deliveries and no others."""

    threads = 128
    max_in_flight = 128
    batch = 128
    exclusive = True
    max_seconds = 200.0

    def claim(self, limit: int, *, busy: Mapping[str, int]) -> list[Delivery]:
        return claiming.claim_per_endpoint(limit, each=EACH, busy=busy)

    def claim_expired(self) -> list[Delivery]:
        """None: a webhook does nothing that could kill a process, so these are sent with the others."""
        settling.give_up_expired(Channel.WEBHOOK, attempts=ATTEMPTS, front=claiming.FRONT)
        return []

    def load(self, deliveries: list[Delivery]) -> dict[str, Endpoint]:
        """The endpoints by their name as a recipient; the events are put into the deliveries."""
        number_all_events()  # a hook names its event's position in the feed
        prefetch_related_objects(deliveries, "event")
        ids = {int(row.recipient.removeprefix(ENDPOINT)) for row in deliveries}
        return {endpoint.recipient: endpoint for endpoint in Endpoint.objects.filter(pk__in=ids)}

    def compose(self, delivery: Delivery, loaded: dict[str, Endpoint]) -> Hook:
        endpoint = loaded[delivery.recipient]
        if not endpoint.is_active or endpoint.removed_at:
            raise PermanentFailure(endpoints.SWITCHED_OFF)
        assert delivery.event is not None  # a constraint of the table
        now = claiming.claimed_at(delivery)
        uid, body = str(delivery.uid), _body(delivery.event)
        signed = headers(endpoint.secrets(now), id=uid, timestamp=int(now.timestamp()), body=body)
        return Hook(delivery, endpoint, now, uid, body, signed)

    @contextmanager
    def session(self) -> Iterator[Callable[[Hook], None]]:
        yield _send

    def record_outcome(self, parcel: Hook, error: Exception | None) -> None:
        if error is None:
            endpoints.record_success(parcel.endpoint)
        elif isinstance(error, Gone):
            endpoints.disable(parcel.endpoint, reason=GONE)
        else:
            endpoints.record_failure(parcel.endpoint, reason=str(error))


SENDER = Webhook()


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
    """What an endpoint gets: the event as the feed shows it. Ids and codes, nobody's personal data."""
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
