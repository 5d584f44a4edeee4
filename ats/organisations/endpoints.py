"""Webhook endpoints: which there are, with which secret, and when one is given up."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, Invalid
from ats.common.webhook_urls import url_fault
from ats.events.record import new_event, record_events
from ats.models import UNSETTLED, Channel, Delivery, DeliveryState, Endpoint, Event, EventType, Membership
from ats.models.tenancy import lock_for_counting

BOTH_SECRETS_SIGN = timedelta(hours=24)
PATIENCE = timedelta(days=5)  # of nothing but failures
MOST_OF_ONE = 50
LONGEST_REST = 300  # seconds between two tries of an endpoint that fails
SWITCHED_OFF = "the endpoint is switched off"


class EndpointFields(TypedDict, total=False):
    """What can be set: see `Endpoint`. `types` are of the catalogue of events; none means all."""

    url: str
    description: str
    types: Sequence[str]
    is_active: bool


@transaction.atomic
def create_endpoint(*, by: Membership, **fields: Unpack[EndpointFields]) -> Endpoint:
    """A new endpoint, which gets what happens from now on.

    Raises Invalid("url_not_allowed"), Conflict("too_many").
    """
    _require_allowed(fields["url"])
    lock_for_counting(by.organisation)
    if Endpoint.objects.for_org(by.organisation).kept().count() >= MOST_OF_ONE:
        raise Conflict("too_many", _("An organisation has at most 50 endpoints."))
    endpoint = Endpoint.objects.create(organisation=by.organisation, **fields)
    endpoint.refresh_from_db()
    _record(EventType.ENDPOINT_CREATED, endpoint, by)
    return endpoint


@transaction.atomic
def update_endpoint(*, by: Membership, endpoint: Endpoint, **changes: Unpack[EndpointFields]) -> Endpoint:
    """Change an endpoint. Switched on again, it starts afresh, with what happens from then on."""
    _require_allowed(changes.get("url", endpoint.url))
    fields = sorted(name for name, value in changes.items() if getattr(endpoint, name) != value)
    if not fields:
        return endpoint
    afresh = {"failures": 0, "failing_since": None, "rests_until": None, "disabled_reason": ""}
    Endpoint.objects.filter(pk=endpoint.pk).update(updated_at=Now(), **(changes | afresh))
    endpoint.refresh_from_db()
    _record(EventType.ENDPOINT_UPDATED, endpoint, by, fields=fields)
    return endpoint


@transaction.atomic
def rotate_secret(*, by: Membership, endpoint: Endpoint) -> Endpoint:
    """A new secret. The one before it signs too for a day, so that receivers can change over.

    Raises Conflict("rotated_meanwhile") when the secret that the caller knows is not the newest: of two who
    rotate at once only one does, and the secret that receivers use goes on signing.
    """
    newest = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if newest.nonce != endpoint.nonce:
        raise Conflict("rotated_meanwhile", _("Somebody has just rotated this secret: look at it again."))
    endpoint.previous_nonce, endpoint.nonce = endpoint.nonce, uuid.uuid4()
    endpoint.previous_until = Now() + BOTH_SECRETS_SIGN
    endpoint.save(update_fields=["nonce", "previous_nonce", "previous_until"])
    endpoint.refresh_from_db()
    _record(EventType.ENDPOINT_ROTATED, endpoint, by)
    return endpoint


@transaction.atomic
def remove_endpoint(*, by: Membership, endpoint: Endpoint) -> None:
    """It hears of nothing more; what was still to be sent is cancelled."""
    Endpoint.objects.filter(pk=endpoint.pk).update(removed_at=Now(), is_active=False)
    _drop(endpoint, DeliveryState.CANCELLED, "the endpoint was removed")
    _record(EventType.ENDPOINT_REMOVED, endpoint, by)


@transaction.atomic
def send_test(*, by: Membership, endpoint: Endpoint) -> Delivery:
    """Queue a test event for this endpoint alone. Raises Conflict("endpoint_off")."""
    if not endpoint.is_active:
        raise Conflict("endpoint_off", _("This endpoint is switched off."))
    event = _record(EventType.ENDPOINT_TESTED, endpoint, by)
    return Delivery.objects.select_related("event").get(event=event)


def record_success(endpoint: Endpoint) -> None:
    """It took a webhook: its failures before that count no more."""
    if endpoint.failing_since is not None:
        Endpoint.objects.filter(pk=endpoint.pk).update(failures=0, failing_since=None, rests_until=None)


def record_failure(endpoint: Endpoint, *, reason: str) -> None:
    """It did not take a webhook: it rests, longer each time, and is given up after five days."""
    failing = Endpoint.objects.filter(pk=endpoint.pk)
    rest = timedelta(seconds=min(LONGEST_REST, 2 ** min(endpoint.failures, 16)) * random.uniform(0.5, 1.5))  # noqa: S311
    failing.update(
        failures=F("failures") + 1,
        failing_since=Coalesce("failing_since", Now()),
        rests_until=Now() + rest,
    )
    if failing.filter(failing_since__lt=Now() - PATIENCE).exists():
        disable(endpoint, reason=reason)


@transaction.atomic
def disable(endpoint: Endpoint, *, reason: str) -> None:
    """Switch an endpoint off for its failures. What was due becomes dead letters; owners are notified."""
    on = Endpoint.objects.filter(pk=endpoint.pk, is_active=True)
    if on.update(is_active=False, disabled_reason=reason[:200], updated_at=Now()):
        _drop(endpoint, DeliveryState.DEAD, SWITCHED_OFF)
        _record(EventType.ENDPOINT_DISABLED, endpoint, None, reason=reason[:200])


def _drop(endpoint: Endpoint, state: DeliveryState, reason: str) -> None:
    due = Delivery.objects.filter(recipient=endpoint.recipient, channel=Channel.WEBHOOK)
    due = due.filter(state__in=UNSETTLED, leased_until=None)
    due.update(state=state, settled_at=Now(), last_error=reason)


def _require_allowed(url: str) -> None:
    if url_fault(url):
        sentence = _("Give an https address with port 443 or 8443, without a user name or a fragment.")
        raise Invalid("url_not_allowed", sentence, field="url")


def _record(type: EventType, endpoint: Endpoint, by: Membership | None, **data: Any) -> Event:
    data = {"endpoint": endpoint.pk, **data}
    [recorded] = record_events([new_event(type, organisation=endpoint.organisation, by=by, data=data)])
    return recorded
