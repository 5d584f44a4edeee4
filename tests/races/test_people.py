"""One person from several sides at once: applying twice, being merged, answering while being turned down."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from ats.applications.apply import apply_to_posting
from ats.applications.importing import import_applicants
from ats.applications.moves import move_applications
from ats.applications.moves.closing import close_announced
from ats.delivery.sending import drain
from ats.models import (
    Account,
    Application,
    Candidate,
    Delivery,
    Event,
    Interview,
    Membership,
    MoveKind,
    Offer,
    OfferState,
    Posting,
    RejectionReason,
    Role,
    Stage,
)
from ats.people.duplicates import merge, undo_merge
from ats.postings.lifecycle import update_posting
from ats.selection.interviews.scheduling import arrange
from ats.selection.interviews.steps import confirm_interview
from ats.selection.offers.by_candidates import accept_offer
from ats.selection.offers.by_members import withdraw_offer
from tests.applications.moves.replaying import the_log_leads_to_where_they_are
from tests.factories import a_candidate, a_member, a_posting, an_account, an_application, an_organisation
from tests.races.rounds import racers, tally
from tests.selection.interviews.interviewing import DAY, Scene

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 100
PLACES = 500  # rounds for a place


@pytest.fixture
def by() -> Membership:
    return a_member(an_organisation(), Role.OWNER)


def applied(account: Account, posting: Posting) -> str:
    apply_to_posting(by=account, posting=posting.pk)
    return "applied"


def two_accounts() -> list[Account]:
    return [an_account(profile={"basics": {"name": "Li Na"}}) for _ in range(2)]


def test_two_accounts_of_one_person_apply_to_one_posting(by: Membership) -> None:
    accounts = two_accounts()
    for account in accounts:
        apply_to_posting(by=account, posting=a_posting(by.organisation).pk)
    first, second = Candidate.objects.order_by("pk")
    merge(by=by, kept=first.pk, merged=second.pk)
    postings = [a_posting(by.organisation) for _ in range(ROUNDS)]

    with racers(2) as two:
        outcomes = [two.race(*[partial(applied, who, posting) for who in accounts]) for posting in postings]

    assert tally(outcomes) == {("already_applied", "applied"): ROUNDS}
    assert Application.objects.filter(posting__in=postings).count() == ROUNDS


def test_applying_while_being_merged(by: Membership) -> None:
    """Whichever is first: both succeed, and nobody waits for nobody."""
    accounts = two_accounts()
    for account in accounts:
        apply_to_posting(by=account, posting=a_posting(by.organisation).pk)
    first, second = Candidate.objects.order_by("pk")

    def merged(kept: int, other: int) -> str:
        finding.append(merge(by=by, kept=kept, merged=other))
        return "merged"

    with racers(3) as three:
        for number in range(ROUNDS):
            finding: list[Any] = []
            posting = a_posting(by.organisation)
            outcome = three.race(
                partial(applied, accounts[0], posting),
                partial(applied, accounts[1], a_posting(by.organisation)),
                partial(merged, *(first.pk, second.pk)[:: 1 if number % 2 else -1]),
            )
            undo_merge(by=by, finding=finding[0])
            assert outcome == ["applied", "applied", "merged"]


def test_merging_against_taking_an_earlier_merge_back(by: Membership) -> None:
    """Who names a record of a person never merges another person than is meant."""
    with racers(2) as two:
        for _ in range(ROUNDS):
            a, b, c = (a_candidate(by.organisation).pk for _ in range(3))
            earlier = merge(by=by, kept=a, merged=b)

            outcome = two.race(
                lambda: str(merge(by=by, kept=c, merged=b).merged_id == a),  # noqa: B023
                lambda: str(undo_merge(by=by, finding=earlier).pk),  # noqa: B023
            )

            pointers = dict(Candidate.objects.filter(pk__in=(a, b, c)).values_list("pk", "merged_into"))
            assert (outcome, pointers) in [
                (["True", "merged_further"], {a: c, b: c, c: None}),
                (["False", str(earlier.pk)], {a: None, b: c, c: None}),
                (["merged_meanwhile", str(earlier.pk)], {a: None, b: None, c: None}),
            ]


def test_two_imports_of_the_same_people(by: Membership) -> None:
    with racers(2) as two:
        for number in range(20):
            posting = a_posting(by.organisation)
            people = [{"name": "Li Na", "email": f"li{number}-{n}@example.com"} for n in range(5)]

            def imported(people: Any, posting: Posting) -> str:
                rows = import_applicants(by=by, posting=posting, people=people)
                return str(sum(row.result == "done" for row in rows))

            sides = (people, people[::-1])
            outcome = two.race(*[partial(imported, side, posting) for side in sides])

            assert tally([outcome]) == {("0", "5"): 1}
            assert Application.objects.filter(posting=posting).count() == 5
    assert Candidate.objects.count() == 100


def test_confirming_an_interview_against_being_turned_down() -> None:
    """Who was turned down is expected until it is announced, and then not any more."""
    scene = Scene()
    scene.slots(count=40, hour=0)
    reason = RejectionReason.objects.for_org(scene.organisation).earliest("pk").pk
    ids = [scene.applicant().pk for _ in range(40)]
    arrange(by=scene.recruiter, stage=scene.stage, day=DAY, applications=ids)
    interviews = Interview.objects.select_related("application__candidate__account").order_by("pk")

    def confirmed(interview: Interview) -> str:
        account = interview.application.candidate.account
        assert account is not None
        return confirm_interview(by=account, interview=interview).state

    def rejected(application: int) -> str:
        asked: dict[str, Any] = {"kind": MoveKind.REJECT, "rejection_reason": reason}
        return move_applications(by=scene.recruiter, applications=[application], **asked)[1][0].result.value

    with racers(2) as two:
        outcomes = [
            two.race(partial(confirmed, row), partial(rejected, row.application_id)) for row in interviews
        ]

    assert {second for _first, second in outcomes} == {"moved"}
    assert {first for first, _second in outcomes} == {"confirmed"}  # the rejection is not announced yet
    Delivery.objects.filter(state="due").update(due_at=Now())
    drain()
    close_announced()
    assert set(Interview.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Event.objects.filter(type="interview.cancelled").count() == 40


def offered(by: Membership, who: Account, posting: Posting) -> Offer:
    """To somebody at the last stage but one, for a day."""
    stage = Stage.objects.for_org(by.organisation).get(name="Offer")
    return Offer.objects.create(
        organisation=by.organisation,
        application=an_application(posting, a_candidate(by.organisation, account=who), stage=stage),
        state=OfferState.EXTENDED,
        deadline=timezone.now() + timedelta(days=1),
    )


def test_the_last_place_whoever_takes_it(by: Membership) -> None:
    """Two accept, a recruiter hires, and an owner gives one of the two places up: none is sold twice."""
    with racers(4) as four:
        for _ in range(PLACES):
            posting = a_posting(by.organisation, head_count=2)
            accounts = [an_account() for _ in range(2)]
            offers = [offered(by, who, posting) for who in accounts]
            third = offered(by, an_account(), posting).application_id

            outcome = four.race(
                *[partial(accepted, who, offer) for who, offer in zip(accounts, offers, strict=True)],
                partial(hired, by, third),
                partial(shrunk, by, posting, head_count=1),
            )

            after = Posting.objects.get(pk=posting.pk)
            assert after.filled == after.head_count == posting.applications.filter(state="hired").count()
            assert outcome.count("taken") == after.filled
            assert outcome[3] == ("done" if after.head_count == 1 else "head_count_below_filled")
            assert set(outcome) <= {"taken", "done", "head_count_reached", "head_count_below_filled"}


def accepted(who: Account, offer: Offer) -> str:
    accept_offer(by=who, offer=offer)
    return "taken"


def hired(by: Membership, application: int) -> str:
    result = move_applications(by=by, applications=[application], kind=MoveKind.HIRE)[1][0].result.value
    return "taken" if result == "moved" else result


def shrunk(by: Membership, posting: Posting, **changes: Any) -> str:
    update_posting(by=by, posting=posting, **changes)
    return "done"


def test_accepting_an_offer_against_its_being_taken_back(by: Membership) -> None:
    """One of them succeeds; the place is taken exactly when the offer was accepted."""
    posting = a_posting(by.organisation)
    accounts = [an_account() for _ in range(ROUNDS)]
    offers = [offered(by, who, posting) for who in accounts]

    with racers(2) as two:
        outcomes = [
            two.race(
                lambda: accept_offer(by=who, offer=offer).state,  # noqa: B023
                lambda: withdraw_offer(by=by, offer=offer).state,  # noqa: B023
            )
            for who, offer in zip(accounts, offers, strict=True)
        ]

    assert set(map(tuple, outcomes)) <= {("accepted", "offer_state"), ("offer_state", "withdrawn")}
    accepted = sum(first == "accepted" for first, _second in outcomes)
    assert Application.objects.filter(state="hired").count() == accepted
    assert Posting.objects.get(pk=posting.pk).filled == accepted
    assert the_log_leads_to_where_they_are()
