"""What an undoing brings back of the offers and interviews that the move had ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from psycopg.types.range import Range as DateTimeTZRange

from ats.applications.moves import move_applications, undo_move
from ats.applications.moves.restoring import Related
from ats.models import (
    Application,
    Event,
    Interview,
    InterviewSlot,
    InterviewState,
    Membership,
    Move,
    MoveKind,
    Offer,
    OfferState,
    Stage,
)
from tests.applications.moves.test_decisions import reject
from tests.factories import a_candidate, a_posting, an_application

pytestmark = pytest.mark.django_db


def offered(by: Membership, state: OfferState, deadline: timedelta = timedelta(days=1)) -> Offer:
    stage = Stage.objects.for_org(by.organisation).get(name="Offer")
    application = an_application(a_posting(by.organisation), stage=stage)
    return Offer.objects.create(
        organisation=by.organisation,
        application=application,
        state=state,
        deadline=timezone.now() + deadline,
    )


def withdrawn(by: Membership, *applications: Application) -> Move:
    ids = [row.pk for row in applications]
    return move_applications(by=by, applications=ids, kind=MoveKind.WITHDRAW)[0]


def test_undoing_a_rejection_finds_what_the_candidate_has_in_hand_untouched(recruiter: Membership) -> None:
    """It would have ended when the rejection was announced."""
    offer = offered(recruiter, OfferState.EXTENDED)
    rejected = reject(recruiter, offer.application)

    undone = undo_move(by=recruiter, move=rejected.pk)

    offer.refresh_from_db()
    assert (offer.state, undone.related) == (OfferState.EXTENDED, [])
    assert not Event.objects.filter(type__startswith="offer.").exists()


@pytest.mark.parametrize(
    ("state", "event_type"),
    [(OfferState.DRAFT, "offer.drafted"), (OfferState.APPROVED, "offer.approved")],
)
def test_undoing_a_rejection_restores_the_draft(
    recruiter: Membership, state: OfferState, event_type: str
) -> None:
    offer = offered(recruiter, state)
    rejected = reject(recruiter, offer.application)
    withdrawal = Event.objects.get(type="offer.withdrawn")

    undone = undo_move(by=recruiter, move=rejected.pk)

    offer.refresh_from_db()
    assert offer.state == state
    assert undone.related == [Related(offer.application_id, offer.pk, None, is_restored=True)]
    assert Event.objects.get(type=event_type).data == {
        "offer": offer.pk,
        "from_state": "withdrawn",
        "reverses": withdrawal.pk,
        "unheard": True,
    }


def test_an_offer_whose_deadline_has_passed_is_reported_as_ended(recruiter: Membership) -> None:
    offer = offered(recruiter, OfferState.EXTENDED)
    left = withdrawn(recruiter, offer.application)
    Offer.objects.update(deadline=Now() - timedelta(seconds=1))

    undone = undo_move(by=recruiter, move=left.pk)

    assert undone.related == [Related(offer.application_id, offer.pk, None, is_restored=False)]
    assert Offer.objects.get().state == "withdrawn"


def test_interviews_are_restored_unless_their_slot_is_taken(recruiter: Membership) -> None:
    posting = a_posting(recruiter.organisation)
    kept, lost = (an_application(posting, a_candidate(recruiter.organisation)) for _ in range(2))
    first, second = (an_interview(recruiter, row, days=day) for day, row in enumerate((kept, lost), 1))
    left = withdrawn(recruiter, kept, lost)
    other = an_application(posting, a_candidate(recruiter.organisation))
    Interview.objects.create(
        organisation=recruiter.organisation,
        application=other,
        stage=other.stage,
        slot=second.slot,
        during=second.during,
        state=InterviewState.SCHEDULED,
    )

    undone = undo_move(by=recruiter, move=left.pk)

    assert undone.related == [
        Related(kept.pk, None, first.pk, is_restored=True),
        Related(lost.pk, None, second.pk, is_restored=False),
    ]
    assert list(Interview.objects.order_by("pk").values_list("state", "sequence")[:2]) == [
        ("scheduled", 2),
        ("cancelled", 1),
    ]
    event = Event.objects.get(type="interview.scheduled")
    assert (event.application, event.data["interview"], event.data["slot"]) == (kept, first.pk, first.slot_id)


def an_interview(by: Membership, application: Application, *, days: int) -> Interview:
    begins = timezone.now() + timedelta(days=days)
    during = DateTimeTZRange(begins, begins + timedelta(hours=1))
    slot = InterviewSlot.objects.create(organisation=by.organisation, stage=application.stage, during=during)
    return Interview.objects.create(
        organisation=by.organisation,
        application=application,
        stage=application.stage,
        slot=slot,
        during=during,
        state=InterviewState.CONFIRMED,
    )
