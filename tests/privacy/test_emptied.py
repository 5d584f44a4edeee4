"""Whoever reads what erasure or retention has emptied is answered, and is shown nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from ats.models import Account, Candidate, Verdict
from ats.privacy.erasure import erase_account, erase_candidates
from tests.routes.declared import ROUTES
from tests.routes.notation import Route
from tests.routes.world import World, a_world

pytestmark = pytest.mark.django_db

NAMES = ("Li Na Marker", "marker@example.com")
READING = [route for route in ROUTES if route.method == "GET"]


def erase_the_account(world: World) -> None:
    erase_account(by=world.accounts["candidate"])


def retain_no_longer(world: World) -> None:
    records = Candidate.objects.filter(account=world.accounts["candidate"])
    erase_candidates([row.pk for row in records], still_due=lambda pks: Candidate.objects.filter(pk__in=pks))


@pytest.fixture(scope="module", params=[erase_the_account, retain_no_longer])
def emptied(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A row of everything, of which one person's are emptied."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = a_world()
        Candidate.objects.filter(account=world.accounts["candidate"]).update(name=NAMES[0], email=NAMES[1])
        Account.objects.filter(pk=world.accounts["candidate"].pk).update(name=NAMES[0])
        world.accounts["candidate"].refresh_from_db()
        request.param(world)
        yield world
        transaction.set_rollback(True)


@pytest.mark.parametrize("route", READING, ids=str)
def test_every_reader_of_an_emptied_row_answers(emptied: World, route: Route) -> None:
    for visitor, status in route.answers.items():
        with transaction.atomic():
            answer = emptied.clients[visitor].get(emptied.address(route.line))
            transaction.set_rollback(True)
        assert answer.status_code < 500
        if visitor != "candidate":  # whose own account may live on
            assert answer.status_code in {status, 404}, visitor  # some rows went
            body = b"".join(answer) if answer.streaming else answer.content
            assert not [name for name in NAMES if name.encode() in body]


def test_a_verdict_on_somebody_who_was_erased_keeps_its_outcome(emptied: World) -> None:
    row = Verdict.objects.filter(document={}).latest("pk")

    shown = emptied.clients["owner"].get(f"/api/v1/verdicts/{row.pk}/").json()

    assert (shown["document"], shown["outcome"]) == (None, row.outcome)
