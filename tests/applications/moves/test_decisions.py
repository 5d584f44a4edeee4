"""What each kind of move does, and to whom it does not."""

from __future__ import annotations

from typing import Any

import pytest

from ats.applications.moves import Item, Result, move_applications
from ats.common.errors import Invalid, NotFound
from ats.models import (
    Application,
    Event,
    Membership,
    Move,
    MoveKind,
    Posting,
    PostingState,
    RejectionReason,
    Role,
    Stage,
    Transition,
)
from tests.factories import a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db


def stage(by: Membership, name: str) -> Stage:
    return Stage.objects.for_org(by.organisation).get(name=name)


def a_reason(by: Membership) -> RejectionReason:
    return RejectionReason.objects.for_org(by.organisation).earliest("position")


def test_a_stage_move_follows_an_edge(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    screening = stage(recruiter, "Screening")

    batch, items = move_applications(by=recruiter, applications=[application.pk], to_stage=screening.pk)

    assert items == [Item(application.pk, Result.MOVED)]
    assert (batch.asked, batch.moved) == (1, 1)
    event = Event.objects.get()
    assert (event.type, event.move, event.actor) == ("application.moved", batch, recruiter)
    assert event.data == {
        "from_stage": application.stage_id,
        "to_stage": screening.pk,
        "from_state": "active",
        "to_state": "active",
    }


def test_each_item_is_refused_with_its_own_code(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation)
    moved, rejected, there, too_far = (an_application(posting) for _ in range(4))
    closed = an_application(a_posting(recruiter.organisation, state=PostingState.CLOSED))
    foreign = an_application(a_posting(an_organisation()))
    screening = stage(recruiter, "Screening")
    Application.objects.filter(pk=rejected.pk).update(state="rejected")
    Application.objects.filter(pk=there.pk).update(stage=screening)
    Application.objects.filter(pk=too_far.pk).update(stage=stage(recruiter, "Offer"))
    all_of_them = [moved, rejected, there, too_far, closed, foreign]

    _batch, items = move_applications(
        by=recruiter, applications=[a.pk for a in all_of_them], to_stage=screening.pk
    )

    assert items == [
        Item(moved.pk, Result.MOVED),
        Item(rejected.pk, Result.NOT_ACTIVE),
        Item(there.pk, Result.ALREADY_THERE),
        Item(too_far.pk, Result.NO_SUCH_EDGE),
        Item(closed.pk, Result.POSTING_CLOSED),
        Item(foreign.pk, Result.NOT_FOUND),
    ]


def test_an_edge_may_ask_for_a_higher_role_or_a_reason(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    screening = stage(recruiter, "Screening")
    Transition.objects.filter(to_stage=screening).update(least_role=Role.OWNER, requires=["reason"])
    owner = a_member(recruiter.organisation, Role.OWNER)
    asked: dict[str, Any] = {"applications": [application.pk], "to_stage": screening.pk}

    results = [
        move_applications(by=by, **asked, reason=reason)[1][0].result
        for by, reason in [(recruiter, "strong"), (owner, ""), (owner, "strong")]
    ]

    assert results == [Result.ROLE_TOO_LOW, Result.REASON_REQUIRED, Result.MOVED]


def test_rejecting_needs_a_reason_of_the_organisation(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    foreign = a_reason(a_member(an_organisation()))

    with pytest.raises(Invalid, match="required"):
        move_applications(by=recruiter, applications=[application.pk], kind=MoveKind.REJECT)
    with pytest.raises(NotFound, match="rejection_reason_not_found"):
        move_applications(
            by=recruiter,
            applications=[application.pk],
            kind=MoveKind.REJECT,
            rejection_reason=foreign.pk,
        )


def test_a_rejection_touches_no_other_application_of_the_person(recruiter: Membership) -> None:
    rejected = an_application(a_posting(recruiter.organisation))
    other = an_application(a_posting(recruiter.organisation), rejected.candidate)
    before = Application.objects.filter(pk=other.pk).values().get()

    reject(recruiter, rejected)

    assert Application.objects.get(pk=rejected.pk).state == "rejected"
    assert Application.objects.filter(pk=other.pk).values().get() == before


def reject(by: Membership, *applications: Application) -> Move:
    reason = a_reason(by).pk
    ids = [application.pk for application in applications]
    return move_applications(by=by, applications=ids, kind=MoveKind.REJECT, rejection_reason=reason)[0]


def test_an_unrejected_application_is_back_where_it_was_rejected(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation), stage=stage(recruiter, "Interview"))
    reject(recruiter, application)

    results = [
        move_applications(by=recruiter, applications=[application.pk], kind=MoveKind.UNREJECT)[1][0].result
        for _ in range(2)
    ]

    application.refresh_from_db()
    assert results == [Result.MOVED, Result.NOT_REJECTED]
    assert (application.state, application.stage.name) == ("active", "Interview")


def test_of_ten_for_three_places_the_three_earliest_are_hired(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation, head_count=3)
    offer = stage(recruiter, "Offer")
    ids = [an_application(posting, stage=offer).pk for _ in range(10)]

    _batch, items = move_applications(by=recruiter, applications=ids, kind=MoveKind.HIRE)

    assert [item.result for item in items] == [Result.MOVED] * 3 + [Result.HEAD_COUNT_REACHED] * 7
    assert Posting.objects.get(pk=posting.pk).filled == 3
    assert set(Application.objects.filter(state="hired").values_list("stage__name", flat=True)) == {"Hired"}


def test_going_to_the_hired_stage_is_hiring(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation), stage=stage(recruiter, "Offer"))

    batch, _items = move_applications(
        by=recruiter, applications=[application.pk], to_stage=stage(recruiter, "Hired").pk
    )

    application.refresh_from_db()
    assert (batch.kind, application.state, application.posting.filled) == ("hire", "hired", 1)


def test_a_hired_person_who_withdraws_gives_the_place_back(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation, head_count=1)
    offer = stage(recruiter, "Offer")
    first, second = (an_application(posting, stage=offer) for _ in range(2))

    results = [
        move_applications(by=recruiter, applications=[who.pk], kind=kind)[1][0].result
        for who, kind in [
            (first, MoveKind.HIRE),
            (second, MoveKind.HIRE),
            (first, MoveKind.WITHDRAW),
            (second, MoveKind.HIRE),
        ]
    ]

    assert results == [Result.MOVED, Result.HEAD_COUNT_REACHED, Result.MOVED, Result.MOVED]
    assert Posting.objects.get(pk=posting.pk).filled == 1


def test_a_dry_run_answers_alike_and_keeps_nothing(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    asked: dict[str, Any] = {
        "applications": [application.pk, 10**9],
        "to_stage": stage(recruiter, "Screening").pk,
    }

    _batch, dry = move_applications(by=recruiter, **asked, dry_run=True)
    nothing = (Move.objects.count(), Event.objects.count())
    _batch, wet = move_applications(by=recruiter, **asked)

    assert (dry, nothing) == (wet, (0, 0))
