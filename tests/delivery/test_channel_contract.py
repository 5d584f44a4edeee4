"""What every channel keeps to; a third one, made here in a few lines, does so as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest
from django.core import mail
from django.db.models.functions import Now
from pytest_django import DjangoAssertNumQueries, Settings

from ats.delivery import claiming
from ats.delivery.channels import SENDERS
from ats.delivery.outcomes import TransientFailure
from ats.delivery.sending import drain
from ats.models import Application, Channel, Delivery, Endpoint, Event, EventType, Posting, Role
from ats.organisations.endpoints import create_endpoint
from tests.factories import a_member, a_posting, an_application, an_organisation
from tests.receivers import answer, receiving

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Flight:
    deliveries: list[Delivery]


@dataclass
class Pigeons:
    """A third channel: birds, which bring the ids of deliveries to a loft."""

    width = 1
    together = 1
    batch = 10
    is_alone = False
    turn = 20.0
    loft: list[str] = field(default_factory=list)
    is_open: bool = True

    def suspects(self) -> list[Delivery]:
        return claiming.claim_expired("pigeon")  # type: ignore[arg-type]

    def claim(self, limit: int) -> list[Delivery]:
        return claiming.claim_oldest("pigeon", limit)  # type: ignore[arg-type]

    def compose(self, delivery: Delivery) -> Flight:
        return Flight([delivery])

    @contextmanager
    def session(self) -> Iterator[Callable[[Flight], None]]:
        yield self.fly

    def fly(self, flight: Flight) -> None:
        if not self.is_open:
            raise TransientFailure("a storm")
        self.loft += [str(row.uid) for row in flight.deliveries]

    def settled(self, parcel: Flight, error: Exception | None) -> None:
        """Nobody keeps book of birds."""


@dataclass(frozen=True, slots=True)
class World:
    """What a channel sends to: by which address, what arrived there, and whether it lets in."""

    channel: str
    address: Callable[[Application], str]
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

    yield World(Channel.EMAIL, lambda row: f"candidate:{row.candidate_id}", arrived, let_in)


@contextmanager
def of_hooks(posting: Posting, settings: Settings) -> Iterator[World]:
    settings.WEBHOOK_TO_LOOPBACK = True
    owner = a_member(posting.organisation, Role.OWNER)
    taken: list[str] = []

    def take(request: BaseHTTPRequestHandler) -> None:
        taken.append(request.headers["webhook-id"])
        answer(204)(request)

    with receiving(take) as receiver:
        endpoint = create_endpoint(by=owner, url=receiver.url, types=[EventType.POSTING_CREATED])

        def let_in(is_open: bool) -> None:
            receiver.behave = take if is_open else answer(503)
            Endpoint.objects.update(rests_until=None)

        yield World(Channel.WEBHOOK, lambda _: endpoint.recipient, lambda: taken, let_in)


@contextmanager
def of_pigeons(posting: Posting, settings: Settings) -> Iterator[World]:
    SENDERS["pigeon"] = pigeons = Pigeons()

    def let_in(is_open: bool) -> None:
        pigeons.is_open = is_open

    yield World("pigeon", lambda row: f"loft:{row.pk}", lambda: pigeons.loft, let_in)
    del SENDERS["pigeon"]


@pytest.fixture
def posting() -> Posting:
    return a_posting(an_organisation())


@pytest.fixture(params=[of_mails, of_hooks, of_pigeons])
def world(request: pytest.FixtureRequest, posting: Posting, settings: Settings) -> Iterator[World]:
    with request.param(posting, settings) as world:
        yield world


def due(world: World, application: Application) -> Delivery:
    """Something to tell of the application, due now."""
    event = Event.objects.create(
        organisation=application.organisation,
        type=EventType.APPLICATION_SUBMITTED,
        application=application,
        posting=application.posting,
        candidate=application.candidate,
        data={"stage": application.stage_id, "track": "any"},
    )
    return Delivery.objects.create(
        organisation=application.organisation,
        event=event,
        application=application,
        recipient=world.address(application),
        channel=world.channel,
    )


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
    second = due(world, application)
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

    sender = SENDERS[world.channel]
    held = [sender.claim(1), sender.claim(10)]

    assert [len(rows) for rows in held] == [1, 1]
    assert {row.channel for rows in held for row in rows} == {world.channel}


def test_sending_needs_no_database(
    world: World, posting: Posting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = due(world, an_application(posting))
    sender = SENDERS[world.channel]
    [held] = sender.claim(1)
    parcel = sender.compose(held)

    with sender.session() as send, django_assert_num_queries(0):
        send(parcel)

    assert (parcel.deliveries, world.arrived()) == ([row], [str(row.uid)])


def test_of_those_that_died_with_a_row_the_next_holder_sends_it(world: World, posting: Posting) -> None:
    row = due(world, an_application(posting))
    SENDERS[world.channel].claim(1)
    nothing = drain(world.channel)

    Delivery.objects.update(leased_until=Now())
    drain(world.channel)

    assert (nothing, world.arrived(), states()) == (0, [str(row.uid)], [("sent", 2)])
