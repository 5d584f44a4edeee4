"""What a candidate answers."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.applications.moves.execution import execute, roles_up_to
from ats.applications.moves.results import Result
from ats.common.errors import Conflict
from ats.models import (
    Account,
    Application,
    ApplicationState,
    Candidate,
    Move,
    MoveKind,
    Offer,
    OfferState,
    Role,
    SecondAcceptance,
)
from ats.selection.offers.transitions import Step, lock_offer, take_step


@transaction.atomic
def accept_offer(*, by: Account, offer: Offer) -> Offer:
    """Accept an offer of the candidate's and hire its application; both or neither.

    Raises Conflict("offer_state"), Conflict("offer_expired") from the deadline on, whether or not
    its expiry was recorded, and, the offer staying open, Conflict with the refusal of the hire,
    such as "head_count_reached". Where an accepted offer of the same employer shares a day with it,
    the employer has set what happens: Conflict("accepted_another"), or the earlier application is withdrawn.
    """
    others = _lock_acceptances(offer)
    accepted = _answer(Step.ACCEPT, offer, by)
    if overlapping := [row for row in others if _overlap(row, accepted)]:
        _resolve(accepted, overlapping)
    _hire(accepted.application)
    return accepted


@transaction.atomic
def decline_offer(*, by: Account, offer: Offer) -> Offer:
    """Decline an offer of the candidate's. Raises Conflict("offer_state"), Conflict("offer_expired")."""
    return _answer(Step.DECLINE, offer, by)


def _lock_acceptances(offer: Offer) -> list[Offer]:
    """The accepted offers of the person at this employer whose applications are hired.

    All applications of the person with an offer that was made are locked, in id order: of two
    acceptances at once, the second sees the first.
    """
    person = offer.application.candidate.merged_into_id or offer.application.candidate_id
    records = Candidate.objects.filter(Q(pk=person) | Q(merged_into=person))
    made = Offer.objects.filter(organisation=offer.organisation_id, application__candidate__in=records)
    made = made.filter(state__in=(OfferState.EXTENDED, OfferState.ACCEPTED))
    applications = Application.objects.filter(pk__in=made.values("application")).order_by("pk")
    list(applications.select_for_update(of=("self",), no_key=True).values_list("pk"))
    accepted = made.filter(state=OfferState.ACCEPTED, application__state=ApplicationState.HIRED)
    return list(accepted.exclude(pk=offer.pk).order_by("pk"))


def _overlap(one: Offer, other: Offer) -> bool:
    """Whether a day is in both. A date that is not given sets no limit."""
    return not _is_before(one, other) and not _is_before(other, one)


def _is_before(one: Offer, other: Offer) -> bool:
    return one.ends_on is not None and other.starts_on is not None and one.ends_on < other.starts_on


def _resolve(accepted: Offer, others: list[Offer]) -> None:
    """As the employer has set: the new acceptance is refused, or the earlier applications are withdrawn."""
    if accepted.organisation.second_acceptance == SecondAcceptance.REFUSE:
        sentence = _("You have accepted another offer of this employer for these days.")
        raise Conflict("accepted_another", sentence, offers=[row.pk for row in others])
    ids = [row.application_id for row in others]
    batch = Move.objects.create(
        organisation=accepted.organisation, kind=MoveKind.WITHDRAW, asked=len(ids), reason="second acceptance"
    )
    execute(batch, ids, expected_stage=None, roles=roles_up_to(Role.OWNER))


def _answer(step: Step, offer: Offer, by: Account) -> Offer:
    locked = lock_offer(offer)
    is_late = Offer.objects.filter(pk=locked.pk, state=OfferState.EXTENDED, deadline__lte=Now()).exists()
    if is_late:
        raise Conflict("offer_expired", _("The time to answer this offer has passed."))
    return take_step(step, locked, by=by)


def _hire(application: Application) -> None:
    """With the powers of those who approved and extended the offer.

    An offer stands until the candidate learns otherwise: one that is accepted before a rejection was
    announced is accepted.
    """
    batch = Move.objects.create(organisation_id=application.organisation_id, kind=MoveKind.HIRE, asked=1)
    owner = roles_up_to(Role.OWNER)
    (item,) = execute(batch, [application.pk], expected_stage=None, roles=owner, by_candidate=True)
    if item.result is not Result.MOVED:
        raise Conflict(item.result.value, _("This offer cannot be accepted now."))
