"""Whoever moves the same person at the same instant: one success and one clear conflict, always."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from ats.applications.apply import apply_to_posting
from ats.applications.moves import Item, Result, move_applications, undo_move, withdraw_application
from ats.models import (
    Account,
    Application,
    Event,
    Membership,
    MoveKind,
    Posting,
    PostingState,
    RejectionReason,
    Role,
    Stage,
)
from ats.postings.lifecycle import set_posting_state
from ats.selection.pipelines.documents import library, plan_of
from ats.selection.pipelines.saving import replace_pipeline
from tests.applications.moves.replaying import the_log_leads_to_where_they_are
from tests.factories import a_candidate, a_member, a_posting, an_account, an_application, an_organisation
from tests.races.rounds import racers, tally

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 500


@pytest.fixture
def by() -> Membership:
    return a_member(an_organisation())


@pytest.fixture
def stages(by: Membership) -> dict[str, int]:
    return dict(Stage.objects.for_org(by.organisation).values_list("name", "pk"))


def result(by: Membership, application: int, **asked: Any) -> str:
    _batch, items = move_applications(by=by, applications=[application], **asked)
    return items[0].result.value


def test_two_recruiters_move_the_same_person(by: Membership, stages: dict[str, int]) -> None:
    """There are edges from each of the two stages to the other's: only the expectation tells."""
    posting, other = a_posting(by.organisation), a_member(by.organisation)
    ids = [an_application(posting, stage_id=stages["Screening"]).pk for _ in range(ROUNDS)]
    seen: dict[str, Any] = {"expected_stage": stages["Screening"]}

    with racers(2) as two:
        outcomes = [
            two.race(
                partial(result, by, pk, to_stage=stages["Written test"], **seen),
                partial(result, other, pk, to_stage=stages["Interview"], **seen),
            )
            for pk in ids
        ]

    assert tally(outcomes) == {("moved", "stage_changed"): ROUNDS}
    assert Event.objects.filter(type="application.moved").count() == ROUNDS
    assert the_log_leads_to_where_they_are()


def test_the_last_place(by: Membership, stages: dict[str, int]) -> None:
    postings = [a_posting(by.organisation, head_count=1) for _ in range(2)]
    with racers(2) as two:
        outcomes = []
        for number in range(ROUNDS):
            posting = postings[number % 2]
            ids = [an_application(posting, stage_id=stages["Offer"]).pk for _ in range(2)]
            outcomes.append(two.race(*[partial(result, by, pk, kind=MoveKind.HIRE) for pk in ids]))
            hired = Application.objects.get(posting=posting, state="hired")
            result(by, hired.pk, kind=MoveKind.WITHDRAW)

    assert tally(outcomes) == {("head_count_reached", "moved"): ROUNDS}
    assert set(Posting.objects.values_list("filled", flat=True)) == {0}


def test_ten_accept_at_once_for_three_places(by: Membership, stages: dict[str, int]) -> None:
    with racers(10) as ten:
        for _ in range(ROUNDS // 10):
            posting = a_posting(by.organisation, head_count=3)
            ids = [an_application(posting, stage_id=stages["Offer"]).pk for _ in range(10)]

            outcome = ten.race(*[partial(result, by, pk, kind=MoveKind.HIRE) for pk in ids])

            assert tally([outcome]) == {("head_count_reached",) * 7 + ("moved",) * 3: 1}
            assert Posting.objects.get(pk=posting.pk).filled == 3


def undone(by: Membership, batch: int) -> str:
    _batch, items, _related = undo_move(by=by, move=batch)
    return items[0].result.value


def test_undoing_against_moving_on(by: Membership, stages: dict[str, int]) -> None:
    """Whichever is first, the other is told."""
    posting = a_posting(by.organisation)
    ids = [an_application(posting).pk for _ in range(ROUNDS)]
    moves = [move_applications(by=by, applications=[pk], to_stage=stages["Screening"])[0].pk for pk in ids]
    seen: dict[str, Any] = {"expected_stage": stages["Screening"]}

    with racers(2) as two:
        outcomes = [
            two.race(
                partial(undone, by, batch),
                partial(result, by, pk, to_stage=stages["Interview"], **seen),
            )
            for pk, batch in zip(ids, moves, strict=True)
        ]

    assert set(map(tuple, outcomes)) <= {("moved", "stage_changed"), ("moved_since", "moved")}
    assert the_log_leads_to_where_they_are()


def test_two_who_undo_the_same_move(by: Membership, stages: dict[str, int]) -> None:
    posting, other = a_posting(by.organisation), a_member(by.organisation)
    ids = [an_application(posting).pk for _ in range(ROUNDS)]
    moves = [move_applications(by=by, applications=[pk], to_stage=stages["Screening"])[0].pk for pk in ids]

    with racers(2) as two:
        outcomes = [two.race(partial(undone, by, pk), partial(undone, other, pk)) for pk in moves]

    assert tally(outcomes) == {("moved", "undone_already"): ROUNDS}
    assert the_log_leads_to_where_they_are()


def test_undoing_against_removing_the_stage(by: Membership, stages: dict[str, int]) -> None:
    """Either people are back in it, and it stays, or it is gone, and they stay where they are."""
    owner, posting = a_member(by.organisation, Role.OWNER), a_posting(by.organisation)
    document = next(row for row in library() if row["code"] == "internship")
    for stage in document["stages"]:
        stage["id"] = stages[stage["name"]]
    without = plan_of(document)
    call: dict[str, Any] = {
        "kind": "screening",
        "name": "Call",
        "public_name": "Call",
        "leaving": [{"to": "Interview"}],
    }
    document["stages"][0]["leaving"].append({"to": "Call"})
    document["stages"].insert(2, call)
    change: dict[str, Any] = {"by": owner, "pipeline": posting.pipeline}

    with racers(2) as two:
        for _ in range(ROUNDS // 5):
            call["id"] = Stage.objects.filter(name="Call").values_list("pk", flat=True).first()
            replace_pipeline(**change, plan=plan_of(document))
            application = an_application(posting, stage=Stage.objects.get(name="Call"))
            batch, _items = move_applications(
                by=by, applications=[application.pk], to_stage=stages["Interview"]
            )

            outcome = two.race(
                lambda: undone(by, batch.pk),  # noqa: B023
                lambda: str(len(replace_pipeline(**change, plan=without)[1])),
            )

            assert outcome in [["moved", "stage_in_use"], ["stage_gone", "0"]]
            Application.objects.filter(pk=application.pk).update(stage_id=stages["Interview"])


def test_withdrawing_against_rejecting(by: Membership) -> None:
    """Who withdraws before a rejection is announced has withdrawn, whichever of the two was first."""
    posting = a_posting(by.organisation)
    people = [a_candidate(by.organisation, account=an_account()) for _ in range(ROUNDS)]
    theirs = [(an_application(posting, person).pk, person.account) for person in people]
    reason = RejectionReason.objects.for_org(by.organisation).earliest("pk").pk

    with racers(2) as two:
        outcomes = [
            two.race(
                partial(withdrawn, account, pk),
                partial(result, by, pk, kind=MoveKind.REJECT, rejection_reason=reason),
            )
            for pk, account in theirs
        ]

    assert set(map(tuple, outcomes)) <= {("moved", "moved"), ("moved", "not_active")}
    assert posting.applications.filter(state="withdrawn").count() == ROUNDS
    assert the_log_leads_to_where_they_are()


def withdrawn(account: Account | None, application: int) -> str:
    assert account is not None
    withdraw_application(by=account, application=application)
    return Result.MOVED.value


def test_closing_against_applying(by: Membership) -> None:
    """An application is there exactly if the applicant was told so, and none came after the close."""
    posting = a_posting(by.organisation)
    people = [an_account(profile={"basics": {"name": f"Person {n}"}}) for n in range(ROUNDS)]

    with racers(2) as two:
        outcomes = []
        for account in people:
            Posting.objects.update(state=PostingState.OPEN)
            outcomes.append(
                two.race(
                    partial(applied, account, posting),
                    lambda: set_posting_state(by=by, posting=posting, state=PostingState.CLOSED).state,
                )
            )

    answers = [answer for answer, _closed in outcomes]
    assert set(answers) <= {"applied", "posting_closed"}
    assert Application.objects.count() == answers.count("applied")
    written = {"applied": ["application.submitted", "posting.state_changed"]}
    assert list(Event.objects.order_by("id").values_list("type", flat=True)) == [
        kind for answer in answers for kind in written.get(answer, ["posting.state_changed"])
    ]


def applied(account: Account, posting: Posting) -> str:
    apply_to_posting(by=account, posting=posting.pk)
    return "applied"


def test_many_at_once_with_every_obstacle_among_them(by: Membership, stages: dict[str, int]) -> None:
    """Two bulk moves that overlap, with impossible edges, closed postings and strangers' ids."""
    posting = a_posting(by.organisation)
    closed = a_posting(by.organisation, state=PostingState.CLOSED)
    foreign = a_posting(an_organisation())
    seen: dict[str, Any] = {"expected_stage": stages["Applied"]}
    refused = {
        an_application(posting, stage_id=stages["Offer"]).pk: {Result.STAGE_CHANGED},
        an_application(closed).pk: {Result.POSTING_CLOSED},
        an_application(foreign).pk: {Result.NOT_FOUND},
        2**62: {Result.NOT_FOUND},
    }
    with racers(2) as two:
        for _ in range(ROUNDS):
            ids = [an_application(posting).pk for _ in range(2)]
            items: list[Item] = []

            def bulk(order: list[int], to: str, into: list[Item] = items) -> str:
                _batch, answer = move_applications(by=by, applications=order, to_stage=stages[to], **seen)
                into.extend(answer)
                return "done"

            two.race(
                lambda: bulk([*ids, *refused], "Screening"),  # noqa: B023
                lambda: bulk([*refused, *reversed(ids)], "Written test"),  # noqa: B023
            )

            results: dict[int, list[Result]] = {}
            for item in items:
                results.setdefault(item.application, []).append(item.result)
            assert {pk: set(results[pk]) for pk in refused} == refused
            assert [sorted(results[pk]) for pk in ids] == [[Result.MOVED, Result.STAGE_CHANGED]] * 2
    assert the_log_leads_to_where_they_are()
    assert foreign.applications.get().stage.name == "Applied"
