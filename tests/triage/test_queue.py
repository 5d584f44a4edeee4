"""The queue hands everybody another application."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models.functions import Now
from rest_framework.test import APIClient

from ats.models import Application, Membership, Organisation, Reservation
from ats.triage.queue import release_reservation, reserve_next
from tests.factories import a_candidate, a_client, a_member, a_posting, an_application, an_organisation

URL = "/api/v1/queue/"
ROUNDS = 500
PEOPLE = 4


def handed(client: APIClient, **asked: Any) -> int | None:
    """The id of the application that one is handed."""
    found = client.post(f"{URL}next/", asked).json()["next"]
    return found["application"]["id"] if found else None


def held(client: APIClient) -> list[int]:
    return [row["application"]["id"] for row in client.get(URL).json()["results"]]


@pytest.mark.django_db
def test_two_recruiters_are_handed_different_applications(
    organisation: Organisation, recruiter: APIClient
) -> None:
    colleague = a_client(a_member(organisation).account)
    posting = a_posting(organisation)
    one, two, three = (an_application(posting).pk for _ in range(3))

    got = [handed(who, filter={"order": "oldest"}) for who in (recruiter, colleague, recruiter, colleague)]

    assert got == [one, two, three, None]
    assert held(recruiter) == [three, one]
    assert held(colleague) == [two]


@pytest.mark.django_db
def test_what_is_given_back_or_has_run_out_is_handed_out_again(
    organisation: Organisation, recruiter: APIClient
) -> None:
    colleague = a_client(a_member(organisation).account)
    first, second = (an_application(a_posting(organisation)).pk for _ in range(2))
    handed(recruiter, filter={"order": "oldest"})
    handed(recruiter, filter={"order": "oldest"})

    given_back = recruiter.delete(f"{URL}{second}/")
    again = handed(colleague)
    Reservation.objects.filter(application=first).update(until=Now() - timedelta(seconds=1))
    run_out = handed(colleague)

    assert given_back.status_code == 204
    assert (again, run_out) == (second, first)
    assert held(recruiter) == []


@pytest.mark.django_db
def test_the_queue_hands_out_what_a_view_or_a_filter_chooses(
    organisation: Organisation, recruiter: APIClient
) -> None:
    posting = a_posting(organisation)
    an_application(posting, source="website")
    fair, other_fair = (an_application(posting, source="fair").pk for _ in range(2))
    view = recruiter.post("/api/v1/saved-views/", {"name": "Fair", "query": {"source": "fair"}}).json()

    assert handed(recruiter, view=view["id"]) == other_fair
    assert handed(recruiter, filter={"source": "fair"}) == fair
    assert handed(recruiter, view=view["id"]) is None


@pytest.mark.django_db
def test_active_applications_are_handed_out_before_closed_ones(
    organisation: Organisation, recruiter: APIClient
) -> None:
    posting = a_posting(organisation)
    active, rejected = (an_application(posting, state=state).pk for state in ("active", "rejected"))

    assert [handed(recruiter) for _ in range(3)] == [active, rejected, None]


@pytest.mark.django_db
def test_a_foreign_view_a_foreign_hold_and_two_choices_are_refused(
    organisation: Organisation, recruiter: APIClient
) -> None:
    stranger = a_client(a_member(an_organisation()).account)
    application = an_application(a_posting(organisation))
    view = recruiter.post("/api/v1/saved-views/", {"name": "All", "query": {"state": "active"}}).json()
    handed(recruiter)

    assert handed(stranger) is None
    assert stranger.post(f"{URL}next/", {"view": view["id"]}).status_code == 404
    assert stranger.delete(f"{URL}{application.pk}/").status_code == 404
    assert recruiter.post(f"{URL}next/", {"view": 1, "filter": {"stage": 1}}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_no_two_people_ever_hold_the_same_one() -> None:
    """Each takes, and sometimes gives back at once, on a connection of its own, all at once."""
    organisation = an_organisation()
    posting = a_posting(organisation)
    for _ in range(PEOPLE * 3):
        an_application(posting, a_candidate(organisation))
    members = [a_member(organisation) for _ in range(PEOPLE)]
    log: list[tuple[str, int, int]] = []
    faults: list[BaseException] = []
    gate = threading.Barrier(PEOPLE)

    def work(member: Membership) -> None:
        try:
            gate.wait()
            for turn in range(ROUNDS):
                rows = Application.objects.for_org(organisation).order_by("id")
                hold = reserve_next(rows, by=member)
                assert hold is not None
                assert hold.account_id == member.account_id
                log.append(("takes", hold.application_id, turn))
                log.append(("gives", hold.application_id, turn))
                release_reservation(hold)
        except BaseException as fault:  # noqa: BLE001  (told by the test below)
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert Counter(what for what, _, _ in log) == {"takes": ROUNDS * PEOPLE, "gives": ROUNDS * PEOPLE}
    assert overlaps(log) == []


def overlaps(log: list[tuple[str, int, int]]) -> list[int]:
    """The applications that were taken while somebody had them. Entries are in the order of time."""
    taken: set[int] = set()
    twice = []
    for what, application, _ in log:
        if what == "takes" and application in taken:
            twice.append(application)
        (taken.add if what == "takes" else taken.discard)(application)
    return twice


@pytest.mark.django_db(transaction=True)
def test_all_who_ask_at_once_for_the_last_one_are_told_of_one_success() -> None:
    organisation = an_organisation()
    application = an_application(a_posting(organisation))
    members = [a_member(organisation) for _ in range(PEOPLE)]
    rounds: list[list[int | None]] = []

    for _ in range(100):
        Reservation.objects.all().delete()
        rounds.append(all_at_once(organisation, members))

    assert rounds == [[application.pk]] * 100


def all_at_once(organisation: Organisation, members: list[Membership]) -> list[int | None]:
    """What each was handed, without those who got nothing."""
    gate = threading.Barrier(len(members))
    got: list[int | None] = []

    def ask(member: Membership) -> None:
        gate.wait()
        hold = reserve_next(Application.objects.for_org(organisation).order_by("id"), by=member)
        got.append(hold.application_id if hold else None)
        connection.close()

    threads = [threading.Thread(target=ask, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(members)
    return [pk for pk in got if pk is not None]
