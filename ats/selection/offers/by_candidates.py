"""What a candidate answers."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.applications.moves.execution import execute, roles_up_to
from ats.applications.moves.results import Result
from ats.common.errors import Conflict
from ats.models import Account, Application, Move, MoveKind, Offer, OfferState, Role
from ats.selection.offers.transitions import Step, hold, take


@transaction.atomic
def accept(*, by: Account, offer: Offer) -> Offer:
    """Accept one's own offer and take the place; both or neither.

    Raises Conflict("offer_state"), Conflict("offer_expired") from the deadline on, whether or not
    its expiry was recorded, and, the offer staying open, Conflict with the refusal of the hire,
    such as "head_count_reached".
    """
    accepted = _answer(Step.ACCEPT, offer, by)
    _hire(accepted.application)
    return accepted


@transaction.atomic
def decline(*, by: Account, offer: Offer) -> Offer:
    """Decline one's own offer. Raises Conflict("offer_state"), Conflict("offer_expired")."""
    return _answer(Step.DECLINE, offer, by)


def _answer(step: Step, offer: Offer, by: Account) -> Offer:
    held = hold(offer)
    is_late = Offer.objects.filter(pk=held.pk, state=OfferState.EXTENDED, deadline__lte=Now()).exists()
    if is_late:
        raise Conflict("offer_expired", _("The time to answer this offer has passed."))
    return take(step, held, by=by)


def _hire(application: Application) -> None:
    """With the powers of those who approved and extended the offer.

    An offer stands until the candidate learns otherwise: one that is accepted before a rejection was
    announced is accepted.
    """
    batch = Move.objects.create(organisation_id=application.organisation_id, kind=MoveKind.HIRE, asked=1)
    owner = roles_up_to(Role.OWNER)
    (item,) = execute(batch, [application.pk], expected_stage=None, roles=owner, by_candidate=True)
    if item.result is not Result.MOVED:
        raise Conflict(item.result.value, _("This offer can not be accepted now."))
