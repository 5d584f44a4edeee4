"""What every channel keeps to; a third one, made here in a few lines, does so as well."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import ModuleType
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import transaction
from django.db.models.functions import Now
from pytest_django import DjangoAssertNumQueries, Settings

from ats.delivery import channels, claiming
from ats.delivery.channels import sender_of
from ats.delivery.outcomes import TransientFailure
from ats.delivery.sending import drain
from ats.events.record import application_event, record_events
from ats.models import Application, Channel, Delivery, Endpoint, EventType, Posting, Role
from ats.organisations.endpoints import create_endpoint
from tests.factories import a_candidate, a_member, a_posting, an_application, an_organisation
from tests.receivers import answer, receiving

pytestmark = pytest.mark.django_db
PIGEON = "pigeon"


@dataclass(frozen=True, slots=True)
class Flight:
    deliveries: list[Delivery]


@dataclass
class Pigeons:
    """A third channel: birds, which bring the ids of deliveries to a loft."""

    threads = 1
    max_in_flight = 1
    batch = 10
    exclusive = False
    max_seconds = 20.0
    loft: list[str] = field(default_factory=list)
    is_open: bool = True

    def claim(self, limit: int, *, busy: Mapping[str, int]) -> list[Delivery]:
        return claiming.claim_oldest(PIGEON, limit)

    def claim_expired(self) -> list[Delivery]:
        return claiming.claim_expired(PIGEON)

    def load(self, deliveries: list[Delivery]) -> None:
        """A bird needs to know nothing more."""

    def compose(self, delivery: Delivery, loaded: None) -> Flight:
        return Flight([delivery])

    @contextmanager
    def session(self) -> Iterator[Callable[[Flight], None]]:
        yield self.fly

    def fly(self, flight: Flight) -> None:
        if not self.is_open:
            raise TransientFailure("a storm")
        self.loft += [str(row.uid) for row in flight.deliveries]

    def record_outcome(self, parcel: Flight, error: Exception | None) -> None:
        """Nobody judges birds."""


@dataclass(frozen=True, slots=True)
class World:
    """A channel, what arrived there, and whether it lets in."""

    channel: str
    arrived: Callable[[], list[str]]
    let_in: Callable[[bool], None]


@contextmanager
def of_mails(posting: Posting, settings: Settings) -> Iterator[World]:
    backends = {True: settings.EMAIL_BACKEND, False: "django.core.mail.backends.smtp.EmailBackend"}
    settings.EMAIL_PORT = 1  # where nobody listens

    def arrived() -> list[str]:
        ids = [str(letter.message()["Message-ID"]) for letter in mail.outbox]
        return [one.strip("<>").removesuffix("@intake") for one in ids]

    def let_in(is_open: bool) -> None:
        settings.EMAIL_BACKEND = backends[is_open]

    yield World(Channel.EMAIL, arrived, let_in)


@contextmanager
def of_hooks(posting: Posting, settings: Settings) -> Iterator[World]:
    settings.WEBHOOK_TO_LOOPBACK = True
    owner = a_member(posting.organisation, Role.OWNER)
    taken: list[str] = []

    def take(request: BaseHTTPRequestHandler) -> None:
        taken.append(request.headers["webhook-id"])
        answer(204)(request)

    with receiving(take) as receiver:
        settings.NOTICE_CHANNELS = []
        create_endpoint(by=owner, url=receiver.url, types=list(DATA))

        def let_in(is_open: bool) -> None:
            receiver.behave = take if is_open else answer(503)
            Endpoint.objects.update(rests_until=None)

        yield World(Channel.WEBHOOK, lambda: taken, let_in)


@contextmanager
def of_pigeons(posting: Posting, settings: Settings) -> Iterator[World]:
    settings.NOTICE_CHANNELS = [PIGEON]
    pigeons = Pigeons()
    folder = ModuleType(f"{channels.__name__}.{PIGEON}.sender")
    folder.__dict__["SENDER"] = pigeons

    def let_in(is_open: bool) -> None:
        pigeons.is_open = is_open

    with patch.dict(sys.modules, {folder.__name__: folder}):
        yield World(PIGEON, lambda: pigeons.loft, let_in)
    sender_of.cache_clear()


@pytest.fixture
def posting() -> Posting:
    return a_posting(an_organisation())


@pytest.fixture(params=[of_mails, of_hooks, of_pigeons])
def world(request: pytest.FixtureRequest, posting: Posting, settings: Settings) -> Iterator[World]:
    with request.param(posting, settings) as world:
        yield world


CHANGE = {"from_stage": 1, "to_stage": 1, "from_state": "active", "to_state": "withdrawn"}
DATA: dict[EventType, dict[str, object]] = {
    EventType.APPLICATION_SUBMITTED: {"stage": 1, "track": "any"},
    EventType.APPLICATION_WITHDRAWN: CHANGE,
}


def due(
    world: World, application: Application, type: EventType = EventType.APPLICATION_SUBMITTED
) -> Delivery:
    """A notice about the application, which the routing made due by the channel."""
    with transaction.atomic():
        [event] = record_events([application_event(application, type, by=None, **DATA[type])])
    return Delivery.objects.get(event=event, channel=world.channel)


def states() -> list[tuple[str, int]]:
    return list(Delivery.objects.order_by("id").values_list("state", "attempts"))


def test_what_is_due_arrives_once_under_its_id(world: World, posting: Posting) -> None:
    made = [due(world, an_application(posting)) for _ in range(3)]

    tried = [drain(world.channel), drain(world.channel)]

    assert (tried, sorted(world.arrived())) == ([3, 0], sorted(str(row.uid) for row in made))
    assert states() == [("sent", 1)] * 3


def test_what_fails_says_why_and_arrives_later_under_the_same_id(world: World, posting: Posting) -> None:
    row = due(world, an_application(posting))

    world.let_in(False)
    drain(world.channel)
    row.refresh_from_db()
    world.let_in(True)
    Delivery.objects.update(due_at=Now())
    drain(world.channel)

    assert (row.state, row.attempts, bool(row.last_error)) == ("due", 1, True)
    assert (world.arrived(), states()) == ([str(row.uid)], [("sent", 2)])


def test_nothing_overtakes_what_is_tried_again(world: World, posting: Posting) -> None:
    application = an_application(posting)
    first = due(world, application)

    world.let_in(False)
    drain(world.channel)
    world.let_in(True)
    second = due(world, application, EventType.APPLICATION_WITHDRAWN)
    drain(world.channel)
    meanwhile = list(world.arrived())
    Delivery.objects.update(due_at=Now())
    drain(world.channel)

    assert (meanwhile, world.arrived()) == ([], [str(first.uid), str(second.uid)])


def test_a_claim_takes_no_more_than_it_is_asked_for_and_nothing_of_another_channel(
    world: World, posting: Posting
) -> None:
    for _ in range(3):
        due(world, an_application(posting))
    Delivery.objects.filter(pk=Delivery.objects.earliest("id").pk).update(channel="other", recipient="none:1")

    sender = sender_of(world.channel)
    claimed = [sender.claim(1, busy={}), sender.claim(10, busy={})]

    assert [len(rows) for rows in claimed] == [1, 1]
    assert {row.channel for rows in claimed for row in rows} == {world.channel}


def test_sending_needs_no_database(
    world: World, posting: Posting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = due(world, an_application(posting))
    sender = sender_of(world.channel)
    rows = sender.claim(1, busy={})
    parcel = sender.compose(rows[0], sender.load(rows))

    with sender.session() as send, django_assert_num_queries(0):
        send(parcel)

    assert (parcel.deliveries, world.arrived()) == ([row], [str(row.uid)])


def test_what_a_worker_died_with_is_sent_by_the_next(world: World, posting: Posting) -> None:
    row = due(world, an_application(posting))
    sender_of(world.channel).claim(1, busy={})
    nothing = drain(world.channel)

    Delivery.objects.update(leased_until=Now())
    drain(world.channel)

    assert (nothing, world.arrived(), states()) == (0, [str(row.uid)], [("sent", 2)])


def test_channels_to_one_person_mix_neither_in_order_nor_in_one_message(
    world: World, posting: Posting, settings: Settings
) -> None:
    settings.NOTICE_CHANNELS = ["other", *settings.NOTICE_CHANNELS]
    candidate = a_candidate(posting.organisation)
    for row in (posting, a_posting(posting.organisation, campaign=posting.campaign)):
        due(world, an_application(row, candidate))
    Delivery.objects.update(group_key="one")

    drain(world.channel)

    keys = set(Delivery.objects.values_list("channel", "ordering_key"))
    assert {key.partition("/")[0] for _channel, key in keys} == {world.channel, "other"}
    assert all(key.startswith(f"{channel}/") for channel, key in keys)
    assert set(Delivery.objects.values_list("channel", "state")) == {
        (world.channel, "sent"),
        ("other", "due"),
    }
