"""What undoing a move restores, and what it reports instead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models.functions import Now
from django.utils import timezone

from ats.applications.moves import Item, Result, move_applications, undo_move, withdraw_application
from ats.applications.moves.closing import close_announced
from ats.common.errors import Conflict, Forbidden, NotFound
from ats.delivery.sending import drain
from ats.models import (
    Application,
    Delivery,
    Event,
    Membership,
    Move,
    MoveKind,
    Posting,
    Role,
    Stage,
    Transition,
)
from ats.organisations.memberships import remove_member
from ats.selection.offers.by_members import approve_offer, draft_offer, extend_offer
from tests.applications.moves.test_decisions import reject
from tests.factories import a_candidate, a_member, a_posting, an_account, an_application, an_organisation

pytestmark = pytest.mark.django_db


def to(by: Membership, name: str, *applications: Application) -> Move:
    stage = Stage.objects.for_org(by.organisation).get(name=name).pk
    return move_applications(by=by, applications=[a.pk for a in applications], to_stage=stage)[0]


def test_undoing_restores_what_has_not_moved_since_and_reports_the_rest(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation)
    still, moved_on, rejected = (an_application(posting) for _ in range(3))
    first = to(recruiter, "Screening", still, moved_on, rejected)
    to(recruiter, "Interview", moved_on)
    reject(recruiter, rejected)

    undoing, items, _related = undo_move(by=recruiter, move=first.pk)

    assert items == [
        Item(still.pk, Result.MOVED),
        Item(moved_on.pk, Result.MOVED_SINCE),
        Item(rejected.pk, Result.MOVED_SINCE),
    ]
    assert (undoing.undoes, undoing.asked, undoing.moved) == (first, 3, 1)
    assert list(Application.objects.order_by("id").values_list("stage__name", "state")) == [
        ("Applied", "active"),
        ("Interview", "active"),
        ("Screening", "rejected"),
    ]
    event = Event.objects.get(move=undoing)
    assert (event.type, event.data["undone"]) == ("move.undone", first.pk)


def test_there_and_back_is_a_move_since(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    first = to(recruiter, "Screening", application)
    to(recruiter, "Applied", application)
    to(recruiter, "Screening", application)

    _undoing, items, _related = undo_move(by=recruiter, move=first.pk)

    assert items == [Item(application.pk, Result.MOVED_SINCE)]


def test_a_move_is_undone_once_and_an_undoing_never(recruiter: Membership) -> None:
    first = to(recruiter, "Screening", an_application(a_posting(recruiter.organisation)))
    undoing, _items, _related = undo_move(by=recruiter, move=first.pk)

    with pytest.raises(Conflict, match="undone_already"):
        undo_move(by=recruiter, move=first.pk)
    with pytest.raises(NotFound, match="move_not_found"):
        undo_move(by=recruiter, move=undoing.pk)


def test_the_window_closes(recruiter: Membership) -> None:
    first = to(recruiter, "Screening", an_application(a_posting(recruiter.organisation)))
    Move.objects.filter(pk=first.pk).update(created_at=Now() - timedelta(minutes=15))

    with pytest.raises(Conflict, match="undo_too_late"):
        undo_move(by=recruiter, move=first.pk)


def test_another_organisations_move_is_not_there(recruiter: Membership) -> None:
    first = to(recruiter, "Screening", an_application(a_posting(recruiter.organisation)))

    with pytest.raises(NotFound, match="move_not_found"):
        undo_move(by=a_member(an_organisation()), move=first.pk)


def test_what_a_candidate_did_is_not_undone_by_others(recruiter: Membership) -> None:
    account = an_account()
    candidate = a_candidate(recruiter.organisation, account=account)
    application = an_application(a_posting(recruiter.organisation), candidate)
    withdraw_application(by=account, application=application.pk)

    with pytest.raises(NotFound, match="move_not_found"):
        undo_move(by=recruiter, move=Move.objects.get().pk)


def test_undoing_a_hire_gives_the_place_back(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation, head_count=1)
    offer = Stage.objects.for_org(recruiter.organisation).get(name="Offer")
    application = an_application(posting, stage=offer)
    hired, _items = move_applications(by=recruiter, applications=[application.pk], kind=MoveKind.HIRE)

    undo_move(by=recruiter, move=hired.pk)

    application.refresh_from_db()
    assert (application.state, application.stage) == ("active", offer)
    assert Posting.objects.get(pk=posting.pk).filled == 0


def test_undoing_a_withdrawal_does_not_oversell(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation, head_count=1)
    offer = Stage.objects.for_org(recruiter.organisation).get(name="Offer")
    gone, successor = (an_application(posting, stage=offer) for _ in range(2))
    move_applications(by=recruiter, applications=[gone.pk], kind=MoveKind.HIRE)
    left, _items = move_applications(by=recruiter, applications=[gone.pk], kind=MoveKind.WITHDRAW)
    move_applications(by=recruiter, applications=[successor.pk], kind=MoveKind.HIRE)

    _undoing, items, _related = undo_move(by=recruiter, move=left.pk)

    assert items == [Item(gone.pk, Result.HEAD_COUNT_REACHED)]
    assert Posting.objects.get(pk=posting.pk).filled == 1


def test_undoing_the_withdrawal_of_several_gives_the_place_back_to_who_had_it(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation, head_count=1)
    offer = Stage.objects.for_org(recruiter.organisation).get(name="Offer")
    ids = [an_application(posting, stage=offer).pk for _ in range(3)]
    move_applications(by=recruiter, applications=ids[2:], kind=MoveKind.HIRE)
    left, _items = move_applications(by=recruiter, applications=ids, kind=MoveKind.WITHDRAW)

    _undoing, items, _related = undo_move(by=recruiter, move=left.pk)

    assert items == [Item(pk, Result.MOVED) for pk in ids]
    assert list(Application.objects.order_by("pk").values_list("state", flat=True)) == [
        "active",
        "active",
        "hired",
    ]
    assert Posting.objects.get(pk=posting.pk).filled == 1


def test_what_somebody_did_who_has_left_the_organisation_is_undone_by_others(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    first = to(recruiter, "Screening", application)
    owner = a_member(recruiter.organisation, Role.OWNER)
    remove_member(by=owner, member=recruiter)

    _undoing, items, _related = undo_move(by=owner, move=first.pk)

    assert items == [Item(application.pk, Result.MOVED)]


def test_undoing_an_unrejection_ends_the_offer_that_came_after_it(recruiter: Membership) -> None:
    """Like any rejection: nobody who is turned down holds an offer."""
    offered = Stage.objects.for_org(recruiter.organisation).get(name="Offer")
    application = an_application(a_posting(recruiter.organisation), stage=offered)
    reject(recruiter, application)
    back, _items = move_applications(by=recruiter, applications=[application.pk], kind=MoveKind.UNREJECT)
    offer = approve_offer(by=recruiter, offer=draft_offer(by=recruiter, application=application))
    extend_offer(by=recruiter, offer=offer, deadline=timezone.now() + timedelta(days=1))

    undo_move(by=recruiter, move=back.pk)
    Delivery.objects.update(due_at=Now())
    drain()
    close_announced()

    offer.refresh_from_db()
    assert offer.state == "withdrawn"
    told = Event.objects.get(type="offer.withdrawn")
    assert told.data == {"offer": offer.pk, "from_state": "extended", "unheard": False}


def test_nobody_takes_back_a_move_over_an_edge_that_is_above_their_role(recruiter: Membership) -> None:
    owner = a_member(recruiter.organisation, Role.OWNER)
    application = an_application(a_posting(recruiter.organisation))
    first = to(owner, "Screening", application)
    Transition.objects.filter(
        from_stage__name="Applied", to_stage__name="Screening", from_stage__organisation=owner.organisation
    ).update(least_role=Role.OWNER)

    with pytest.raises(Forbidden, match="role_too_low"):
        undo_move(by=recruiter, move=first.pk)
    undone = undo_move(by=owner, move=first.pk)

    assert undone.items == [Item(application.pk, Result.MOVED)]


def test_an_unsent_letter_is_cancelled_and_nothing_is_said(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    first = reject(recruiter, application)

    undo_move(by=recruiter, move=first.pk)
    Delivery.objects.update(due_at=Now())
    drain()

    assert mail.outbox == []
    assert list(Delivery.objects.values_list("state", flat=True)) == ["cancelled", "cancelled"]


def test_who_was_told_already_is_told_of_the_correction(recruiter: Membership) -> None:
    first = to(recruiter, "Screening", an_application(a_posting(recruiter.organisation)))
    drain()

    undo_move(by=recruiter, move=first.pk)
    drain()

    name = recruiter.organisation.name
    assert [letter.subject for letter in mail.outbox] == [
        f'{name}: your application is now at "Under review"',
        f"{name}: a correction about your application",
    ]


def test_undoing_an_unrejection_rejects_again_with_one_letter(recruiter: Membership) -> None:
    application = an_application(a_posting(recruiter.organisation))
    reject(recruiter, application)
    back, _items = move_applications(by=recruiter, applications=[application.pk], kind=MoveKind.UNREJECT)

    undo_move(by=recruiter, move=back.pk)
    Delivery.objects.update(due_at=Now())
    drain()

    application.refresh_from_db()
    assert application.state == "rejected"
    name = recruiter.organisation.name
    assert [letter.subject for letter in mail.outbox] == [f"{name}: about your application"]
