"""Webhooks to real receivers, polite and not."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest
from django.core import mail
from django.db.models.functions import Now
from pytest_django import Settings

from ats.delivery.channels.webhook import http
from ats.delivery.channels.webhook.signing import signature
from ats.delivery.sending import drain
from ats.models import Channel, Delivery, Endpoint, Event, Membership, Role
from ats.organisations.endpoints import create_endpoint, rotate_secret, send_test
from tests.factories import a_member, an_organisation
from tests.receivers import answer, drip, endless, lie, receiving, reset

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(settings: Settings) -> Membership:
    settings.WEBHOOK_TO_LOOPBACK = True
    return a_member(an_organisation(), Role.OWNER)


def an_endpoint(owner: Membership, url: str) -> Endpoint:
    """It hears of nothing but tests."""
    return create_endpoint(by=owner, url=url, types=["application.moved"])


def outcome(delivery: Delivery) -> tuple[str, str]:
    delivery.refresh_from_db()
    return delivery.state, delivery.last_error


def try_again_now() -> None:
    Delivery.objects.update(due_at=Now())
    Endpoint.objects.update(rests_until=None)
    drain(Channel.WEBHOOK)


def test_a_receiver_gets_the_event_signed(owner: Membership) -> None:
    with receiving(answer(204)) as receiver:
        endpoint = an_endpoint(owner, receiver.url)
        delivery = send_test(by=owner, endpoint=endpoint)
        drain(Channel.WEBHOOK)

    event = Event.objects.get(type="endpoint.tested")
    [(headers, body)] = receiver.received
    assert json.loads(body) == {
        "type": "endpoint.tested",
        "timestamp": event.created_at.isoformat(),
        "data": {
            "id": event.pk,
            "cursor": f"{event.number:d}",
            "actor": owner.pk,
            "move": None,
            "posting": None,
            "candidate": None,
            "application": None,
            "data": {"endpoint": endpoint.pk},
        },
    }
    at = int(headers["webhook-timestamp"])
    assert abs(at - time.time()) < 60
    assert headers["webhook-id"] == str(delivery.uid)
    assert headers["webhook-signature"] == signature(
        endpoint.secret, id=str(delivery.uid), timestamp=at, body=body
    )
    assert outcome(delivery) == ("sent", "")


def test_during_a_rotation_both_secrets_sign_and_then_the_new_one_alone(owner: Membership) -> None:
    with receiving(answer(204)) as receiver:
        endpoint = an_endpoint(owner, receiver.url)
        old = endpoint.secret
        new = rotate_secret(by=owner, endpoint=endpoint).secret
        send_test(by=owner, endpoint=endpoint)
        drain(Channel.WEBHOOK)
        Endpoint.objects.update(previous_until=Now() - timedelta(seconds=1))
        send_test(by=owner, endpoint=endpoint)
        drain(Channel.WEBHOOK)

    def signed(headers: dict[str, str], body: bytes, secret: str) -> str:
        at = int(headers["webhook-timestamp"])
        return signature(secret, id=headers["webhook-id"], timestamp=at, body=body)

    (first, body), (second, later) = receiver.received
    assert first["webhook-signature"] == f"{signed(first, body, new)} {signed(first, body, old)}"
    assert second["webhook-signature"] == signed(second, later, new)


def test_another_key_makes_another_secret(owner: Membership, settings: Settings) -> None:
    endpoint = an_endpoint(owner, "https://hr.example.com/")
    before = endpoint.secret

    settings.WEBHOOK_KEY = "another"

    assert endpoint.secret != before


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (answer(500), "it answered 500"),
        (answer(404), "it answered 404"),
        (answer(302, Location="http://127.0.0.1:1/"), "it answered 302"),
        (reset, "no proper answer"),
        (lie, "no proper answer"),
    ],
)
def test_what_is_not_taken_is_tried_again_under_the_same_id(
    owner: Membership, behave: Callable[[BaseHTTPRequestHandler], None], reason: str
) -> None:
    with receiving(behave) as receiver:
        delivery = send_test(by=owner, endpoint=an_endpoint(owner, receiver.url))
        drain(Channel.WEBHOOK)
        refused = outcome(delivery)
        receiver.behave = answer(200)
        try_again_now()

    assert (refused[0], refused[1].startswith(reason)) == ("due", True)
    assert outcome(delivery) == ("sent", "")
    assert receiver.ids == [str(delivery.uid)] * 2
    assert Endpoint.objects.get().failing_since is None


@pytest.mark.parametrize(
    "wait",
    ["7200", format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)],
    ids=["seconds", "date"],
)
def test_retry_after_is_honoured(owner: Membership, wait: str) -> None:
    with receiving(answer(429, Retry_After=wait)) as receiver:
        delivery = send_test(by=owner, endpoint=an_endpoint(owner, receiver.url))
        drain(Channel.WEBHOOK)

    waits = Delivery.objects.filter(pk=delivery.pk, due_at__gt=Now() + timedelta(seconds=6000))
    assert waits.exists()


def test_410_switches_the_endpoint_off_and_its_owners_are_told(owner: Membership) -> None:
    with receiving(answer(410)) as receiver:
        delivery = send_test(by=owner, endpoint=an_endpoint(owner, receiver.url))
        drain(Channel.WEBHOOK)
    drain(Channel.EMAIL)

    endpoint = Endpoint.objects.get()
    assert (endpoint.is_active, endpoint.disabled_reason) == (False, "it answered 410: it wants no more")
    assert outcome(delivery) == ("dead", "it answered 410: it wants no more")
    assert owner.account.email in {address for letter in mail.outbox for address in letter.to}
    assert {letter.subject for letter in mail.outbox} == {
        f"{owner.organisation.name}: a webhook endpoint was switched off"
    }


def test_five_days_of_failures_switch_the_endpoint_off(owner: Membership) -> None:
    with receiving(answer(500)) as receiver:
        endpoint = an_endpoint(owner, receiver.url)
        first, second = (send_test(by=owner, endpoint=endpoint) for _ in range(2))
        Endpoint.objects.update(failing_since=Now() - timedelta(days=5, seconds=1))
        drain(Channel.WEBHOOK)

    assert Endpoint.objects.get().is_active is False
    assert outcome(second) == ("dead", "the endpoint is switched off")
    assert outcome(first) == ("dead", "the endpoint is switched off")


def test_a_receiver_without_end_is_cut_off(owner: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "TOTAL", 0.5)
    began = time.monotonic()
    with receiving(drip) as dripping, receiving(endless) as streaming:
        slow = send_test(by=owner, endpoint=an_endpoint(owner, dripping.url))
        large = send_test(by=owner, endpoint=an_endpoint(owner, streaming.url))
        drain(Channel.WEBHOOK)
        took = time.monotonic() - began

    assert took < 5
    assert outcome(slow)[0] == "due"
    assert outcome(large) == ("sent", "")


def test_a_receiver_that_hangs_delays_no_other(owner: Membership) -> None:
    """The one answers only when the other has got all of its forty."""
    others_are_through = threading.Event()
    waited: list[bool] = []

    def hang(request: BaseHTTPRequestHandler) -> None:
        waited.append(others_are_through.wait(10))
        answer(204)(request)

    def count(request: BaseHTTPRequestHandler) -> None:
        answer(204)(request)
        if len(quick.received) == 40:
            others_are_through.set()

    with receiving(hang) as hanging, receiving(count) as quick:
        bad, good = an_endpoint(owner, hanging.url), an_endpoint(owner, quick.url)
        for endpoint in [bad] * 2 + [good] * 40:
            send_test(by=owner, endpoint=endpoint)
        drain(Channel.WEBHOOK)

    assert (waited, len(quick.received)) == ([True, True], 40)


def test_an_address_that_became_private_is_not_called(owner: Membership, settings: Settings) -> None:
    with receiving(answer(204)) as receiver:
        delivery = send_test(by=owner, endpoint=an_endpoint(owner, receiver.url))
        settings.WEBHOOK_TO_LOOPBACK = False
        drain(Channel.WEBHOOK)

    assert (outcome(delivery), receiver.received) == (
        ("dead", "the URL is not allowed: not_https"),
        [],
    )


def test_the_connection_goes_to_the_address_that_was_judged(
    owner: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that resolves anew to somewhere else between judging and connecting gains nothing."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host: str, *rest: object, **named: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "rebinding.test" else host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with receiving(answer(204)) as receiver:
        url = receiver.url.replace("127.0.0.1", "rebinding.test")
        delivery = send_test(by=owner, endpoint=an_endpoint(owner, url))
        drain(Channel.WEBHOOK)

    assert outcome(delivery) == ("sent", "")
    assert asked.count("rebinding.test") == 1
    assert receiver.received[0][0]["host"] == url.split("/")[2]
