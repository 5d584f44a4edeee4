"""An offer has its days in order, and of two for the same days one person takes what the employer allows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from ats.common.errors import Conflict
from ats.models import Application, Candidate, Membership, Offer, Organisation, Role, SecondAcceptance, Stage
from ats.people.duplicates import merge
from ats.selection.offers.by_candidates import accept_offer
from tests.factories import a_client, a_member, a_posting, an_account, an_application
from tests.selection.offers.test_offers import an_applicant, extended

pytestmark = pytest.mark.django_db
SUMMER, LATE, AUTUMN = (
    ("2027-06-01", "2027-08-31"),
    ("2027-08-31", "2027-09-30"),
    ("2027-09-01", "2027-11-30"),
)
ANY = (None, None)


def test_the_last_day_is_not_before_the_first(recruiter: Membership) -> None:
    application, client = an_applicant(recruiter), a_client(recruiter.account)
    turned = {"starts_on": "2027-08-31", "ends_on": "2027-06-01"}

    refused = client.post("/api/v1/offers/", {"application": application.pk, **turned})
    made = client.post("/api/v1/offers/", {"application": application.pk, "starts_on": "2027-06-01"})
    changed = client.patch(f"/api/v1/offers/{made.json()['id']}/", {"ends_on": "2027-05-31"})

    assert [(answer.status_code, answer.json()["code"]) for answer in (refused, changed)] == [
        (400, "ends_before_it_begins")
    ] * 2
    assert made.status_code == 201


class TwoOffers:
    """Of one employer to one person, the first accepted."""

    def __init__(self, recruiter: Membership, *days: tuple[str | None, str | None]) -> None:
        owner = a_client(a_member(recruiter.organisation, Role.OWNER).account)
        self.first: Application = an_applicant(recruiter)
        candidate = self.first.candidate
        stage = Stage.objects.get(pk=self.first.stage_id)
        posting = a_posting(recruiter.organisation)
        self.second: Application = an_application(posting, candidate, stage=stage)
        self.person = a_client(candidate.account)
        self.offers: list[Offer] = []
        for application, (starts_on, ends_on) in zip((self.first, self.second), days, strict=True):
            extended(owner, application)
            Offer.objects.filter(application=application).update(starts_on=starts_on, ends_on=ends_on)
            self.offers.append(Offer.objects.get(application=application))

    def accepts(self, number: int) -> Any:
        return self.person.post(f"/api/v1/me/offers/{self.offers[number].pk}/accept/")

    def states(self) -> list[str]:
        return [Application.objects.get(pk=row.pk).state for row in (self.first, self.second)]


@pytest.mark.parametrize(
    ("first", "second", "is_taken"),
    [
        (SUMMER, AUTUMN, True),
        (AUTUMN, SUMMER, True),
        (SUMMER, LATE, False),
        (SUMMER, SUMMER, False),
        (SUMMER, ANY, False),
        (ANY, ANY, False),
    ],
)
def test_a_second_offer_for_the_same_days_is_refused(
    recruiter: Membership, first: tuple[str, str], second: tuple[str, str], is_taken: bool
) -> None:
    given = TwoOffers(recruiter, first, second)

    given.accepts(0)
    answer = given.accepts(1)

    assert answer.status_code == (200 if is_taken else 409)
    assert given.states() == ["hired", "hired" if is_taken else "active"]
    if not is_taken:
        assert (answer.json()["code"], answer.json()["offers"]) == ("accepted_another", [given.offers[0].pk])


def test_or_it_ends_the_first_where_the_employer_says_so(recruiter: Membership) -> None:
    Organisation.objects.update(second_acceptance=SecondAcceptance.END_FIRST)
    given = TwoOffers(recruiter, SUMMER, LATE)

    given.accepts(0)
    answer = given.accepts(1)

    assert (answer.status_code, given.states()) == (200, ["withdrawn", "hired"])


def test_whoever_gave_a_place_back_does_not_read_that_they_are_hired(recruiter: Membership) -> None:
    given = TwoOffers(recruiter, SUMMER, AUTUMN)
    given.accepts(0)
    given.person.post(f"/api/v1/me/applications/{given.first.pk}/withdraw/")
    a_client(recruiter.account).post("/api/v1/moves/", {"applications": [given.first.pk], "kind": "withdraw"})

    row = given.person.get(f"/api/v1/me/applications/{given.first.pk}/").json()

    assert (row["state"], row["status"], row["status_zh"]) == ("withdrawn", "Withdrawn", "已撤回")


def test_records_of_one_person_count_as_one(recruiter: Membership) -> None:
    given = TwoOffers(recruiter, SUMMER, SUMMER)
    twin = Candidate.objects.create(
        organisation=recruiter.organisation, name="Twin", email="twin@example.com", account=an_account()
    )
    Application.objects.filter(pk=given.second.pk).update(candidate=twin)
    merge(by=recruiter, kept=twin.pk, merged=given.first.candidate_id)
    given.accepts(0)

    answer = a_client(twin.account).post(f"/api/v1/me/offers/{given.offers[1].pk}/accept/")

    assert (answer.status_code, answer.json()["code"]) == (409, "accepted_another")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_of_two_acceptances_at_once_one_is_refused(recruiter: Membership, attempt: int) -> None:
    given = TwoOffers(recruiter, SUMMER, SUMMER)
    account = given.first.candidate.account
    assert account is not None

    def accept(offer: Offer) -> str:
        try:
            accept_offer(by=account, offer=Offer.objects.get(pk=offer.pk))
        except Conflict as refused:
            return refused.code
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(accept, given.offers))

    assert sorted(ends) == ["accepted", "accepted_another"]
    assert sorted(given.states()) == ["active", "hired"]
