from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ats.applications.assignments import LOCK_RULES, assign_applications, distribute_applications
from ats.applications.pending_assignments import DISTRIBUTING, TRY_LOCK, distribute_all_pending
from ats.models import (
    Assignment,
    AssignmentRule,
    AssignmentShare,
    Event,
    Location,
    Membership,
    Organisation,
    PendingAssignment,
    Posting,
    Role,
    Track,
)
from tests.factories import (
    a_client,
    a_member,
    a_posting,
    an_account,
    an_application,
    an_organisation,
)
from tests.races.rounds import racers

ROUNDS = 100


def a_rule(organisation: Organisation, shares: dict[Membership, int], **facts: Any) -> AssignmentRule:
    position = AssignmentRule.objects.for_org(organisation).count()
    rule = AssignmentRule.objects.create(**{"organisation": organisation, "position": position, **facts})
    for member, weight in shares.items():
        AssignmentShare.objects.create(rule=rule, member=member, weight=weight)
    return rule


@pytest.mark.django_db
def test_a_recruiter_gets_applications_by_name_and_loses_them_again() -> None:
    organisation = an_organisation()
    posting, recruiter = a_posting(organisation), a_member(organisation)
    first, second = an_application(posting), an_application(posting)
    client = a_client(recruiter.account)
    body = {"applications": [first.pk, second.pk], "member": recruiter.pk}

    given_once = client.post("/api/v1/assignments/", body).json()
    given_again = client.post("/api/v1/assignments/", body).json()
    client.post("/api/v1/assignments/", {"applications": [first.pk], "member": None})
    own = client.get(f"/api/v1/assignments/?member={recruiter.pk}").json()["results"]

    assert [item["result"] for item in given_once["items"]] == ["done", "done"]
    assert [item["result"] for item in given_again["items"]] == ["already", "already"]
    assert [row["application"] for row in own] == [second.pk]
    assert list(Event.objects.values_list("type", "application", "data")) == [
        ("application.assigned", first.pk, {"member": recruiter.pk}),
        ("application.assigned", second.pk, {"member": recruiter.pk}),
        ("application.unassigned", first.pk, {"member": None}),
    ]


@pytest.mark.django_db
def test_an_interviewer_and_a_stranger_can_not_be_given_applications() -> None:
    organisation = an_organisation()
    application = an_application(a_posting(organisation))
    client = a_client(a_member(organisation).account)

    def give(member: Membership) -> tuple[int, str]:
        body = {"applications": [application.pk], "member": member.pk}
        answer = client.post("/api/v1/assignments/", body)
        return answer.status_code, answer.json()["errors"][0]["code"]

    assert give(a_member(organisation, Role.INTERVIEWER)) == (400, "not_a_recruiter")
    assert give(a_member(an_organisation())) == (400, "does_not_exist")


@pytest.mark.django_db
def test_the_first_rule_that_fits_deals_and_what_fits_none_is_told() -> None:
    organisation = an_organisation()
    algorithms, security, *_ = Track.objects.for_org(organisation)
    beijing = Location.objects.create(organisation=organisation, name="Beijing")
    of_track, of_place = a_member(organisation), a_member(organisation)
    a_rule(organisation, {of_track: 1}, track=algorithms)
    a_rule(organisation, {of_place: 1}, location=beijing)
    in_beijing = a_posting(organisation, track=security)
    in_beijing.locations.add(beijing)
    both = a_posting(organisation, track=algorithms)
    both.locations.add(beijing)
    by_track = an_application(both)
    by_place = an_application(in_beijing)
    by_none = an_application(a_posting(organisation, track=security))

    items = distribute_applications(by=of_track, applications=[by_track.pk, by_place.pk, by_none.pk])

    assert [item.result for item in items] == ["done", "done", "no_rule"]
    assert dict(Assignment.objects.values_list("application", "member")) == {
        by_track.pk: of_track.pk,
        by_place.pk: of_place.pk,
    }


@pytest.mark.django_db
def test_dealing_skips_the_demoted_keeps_what_is_assigned_and_a_dry_run_uses_no_turn() -> None:
    organisation = an_organisation()
    posting, working, demoted = a_posting(organisation), a_member(organisation), a_member(organisation)
    a_rule(organisation, {demoted: 50, working: 1})
    Membership.objects.filter(pk=demoted.pk).update(role=Role.VIEWER)
    taken, free = an_application(posting), an_application(posting)
    assign_applications(by=working, applications=[taken.pk], to=working)

    rehearsed = distribute_applications(by=working, applications=[taken.pk, free.pk], dry_run=True)
    dealt = list(AssignmentShare.objects.values_list("assigned_count", flat=True))
    items = distribute_applications(by=working, applications=[taken.pk, free.pk])

    assert dealt == [0, 0]
    assert rehearsed == items
    assert [item.result for item in items] == ["already", "done"]
    assert Assignment.objects.get(application=free).member == working


@pytest.mark.django_db
def test_rules_are_written_by_recruiters_with_their_shares() -> None:
    organisation = an_organisation()
    recruiter, colleague = a_member(organisation), a_member(organisation)
    interviewer = a_member(organisation, Role.INTERVIEWER)
    client = a_client(recruiter.account)
    shares = [{"member": recruiter.pk, "weight": 2}, {"member": colleague.pk}]

    made = client.post("/api/v1/assignment-rules/", {"position": 1, "shares": shares})
    address = f"/api/v1/assignment-rules/{made.json()['id']}/"
    taken = client.post("/api/v1/assignment-rules/", {"position": 1, "shares": shares})
    unfit = client.patch(address, {"shares": [{"member": interviewer.pk}]})
    off = client.patch(address, {"is_active": False})

    assert made.json()["shares"] == [
        {"member": recruiter.pk, "weight": 2, "assigned_count": 0},
        {"member": colleague.pk, "weight": 1, "assigned_count": 0},
    ]
    assert (taken.status_code, taken.json()["code"]) == (409, "position_taken")
    assert (unfit.status_code, unfit.json()["code"]) == (400, "not_a_recruiter")
    assert off.json() == made.json() | {"is_active": False}
    assert a_client(interviewer.account).get(address).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_distributing_takes_as_many_statements_for_thirty_as_for_one(size: int) -> None:
    organisation = an_organisation()
    posting, by = a_posting(organisation), a_member(organisation)
    a_rule(organisation, {by: 1})
    ids = [an_application(posting).pk for _ in range(size)]

    with CaptureQueriesContext(connection) as queries:
        distribute_applications(by=by, applications=ids)

    # savepoint, lock applications, lock rules, shares, judge, distribute, fan out, release
    assert len(queries) == 8


@pytest.mark.django_db(transaction=True)
def test_recruiters_who_distribute_at_once_give_each_application_once_and_fairly() -> None:
    organisation = an_organisation()
    posting, one, two = a_posting(organisation), a_member(organisation), a_member(organisation)
    a_rule(organisation, {one: 2, two: 1})

    def distributed_by(member: Membership, ids: list[int]) -> str:
        return " ".join(item.result for item in distribute_applications(by=member, applications=ids))

    with racers(2) as pair:
        for _ in range(ROUNDS):
            ids = [an_application(posting).pk for _ in range(6)]
            outcome = pair.race(
                lambda ids=ids: distributed_by(one, ids[:4]),  # type: ignore[misc]
                lambda ids=ids: distributed_by(two, ids[2:]),  # type: ignore[misc]
            )
            assert Counter(" ".join(outcome).split()) == {"done": 6, "already": 2}

    assigned = Counter(Assignment.objects.values_list("member", flat=True))
    assert assigned == {one.pk: 4 * ROUNDS, two.pk: 2 * ROUNDS}
    assert Event.objects.filter(type="application.assigned").count() == 6 * ROUNDS


class DistributingInParts(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        weights=st.lists(st.integers(1, 9), min_size=1, max_size=4),
        parts=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    )
    def test_no_share_is_ever_a_whole_turn_ahead_of_its_weight(
        self, weights: list[int], parts: list[int]
    ) -> None:
        organisation = an_organisation()
        posting, by = a_posting(organisation), a_member(organisation)
        rule = a_rule(organisation, {a_member(organisation): weight for weight in weights})
        for size in parts:
            distribute_applications(by=by, applications=[an_application(posting).pk for _ in range(size)])

        shares = list(AssignmentShare.objects.filter(rule=rule))
        assert sum(share.assigned_count for share in shares) == sum(parts)
        for share in shares:
            behind = min((other.assigned_count + 1) / other.weight for other in shares)
            assert share.assigned_count == 0 or share.assigned_count / share.weight <= behind


@pytest.mark.django_db(transaction=True)
def test_an_application_is_given_to_the_recruiter_whose_turn_it_is() -> None:
    organisation = an_organisation()
    posting, elsewhere = a_posting(organisation), a_posting(organisation)
    first, second = a_member(organisation), a_member(organisation)
    rule = a_rule(organisation, {first: 1, second: 1}, posting=posting)

    for target in (posting, posting, posting, elsewhere):
        assert applied(target) == "201"

    rows = Assignment.objects.order_by("application")
    turns = [first, second, first]
    assert list(rows.values_list("application__posting", "member", "rule")) == [
        (posting.pk, member.pk, rule.pk) for member in turns
    ]
    events = Event.objects.filter(type="application.assigned").order_by("id")
    expected: list[Any] = [(None, {"member": member.pk, "rule": rule.pk}) for member in turns]
    assert list(events.values_list("actor", "data")) == expected
    assert not PendingAssignment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_applicant_waits_for_the_rules_of_an_employer() -> None:
    organisation = an_organisation()
    posting, member = a_posting(organisation), a_member(organisation)
    a_rule(organisation, {member: 1})

    with racers(1) as others, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK_RULES, {"organisation": organisation.pk})
            cursor.execute(TRY_LOCK, {"lock": DISTRIBUTING, "organisation": organisation.pk})
        assert others.race(lambda: applied(posting)) == ["201"]
        assert PendingAssignment.objects.count() == 1

    assert distribute_all_pending() == 1
    assert list(Assignment.objects.values_list("member", flat=True)) == [member.pk]


@pytest.mark.django_db(transaction=True)
def test_applications_of_many_at_once_are_all_given_away_fairly() -> None:
    organisation = an_organisation()
    posting, one, two = a_posting(organisation), a_member(organisation), a_member(organisation)
    a_rule(organisation, {one: 1, two: 1})

    with racers(2) as pair:
        for _ in range(ROUNDS // 10):
            pair.race(lambda: applied(posting), lambda: applied(posting))

    assert not PendingAssignment.objects.exists()
    assigned = Counter(Assignment.objects.values_list("member", flat=True))
    assert assigned == {one.pk: ROUNDS // 10, two.pk: ROUNDS // 10}


def applied(posting: Posting) -> str:
    account = an_account(profile={"basics": {"name": "Li Na"}})
    answer = a_client(account).post("/api/v1/me/applications/", {"posting": posting.pk})
    return str(answer.status_code)
