"""What members do with offers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from ats.common.database_errors import is_violation
from ats.common.errors import Conflict, Invalid
from ats.models import (
    Application,
    ApplicationState,
    EventType,
    Membership,
    Offer,
    OfferState,
    StageKind,
    Transition,
)
from ats.selection.offers.transitions import Step, hold, take, tell


@transaction.atomic
def draft(*, by: Membership, application: Application, **terms: Any) -> Offer:
    """Write an offer. Raises Conflict("not_active"), Conflict("offer_under_way")."""
    locked = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    _require_active(locked)
    try:
        with transaction.atomic():
            offer = Offer.objects.create(organisation=by.organisation, application=locked, **terms)
    except IntegrityError as error:
        if not is_violation(error, "offer_one_under_way"):
            raise
        sentence = _("This application has an offer under way.")
        raise Conflict("offer_under_way", sentence, field="application") from None
    offer.refresh_from_db()
    tell(EventType.OFFER_DRAFTED, offer, by=by, from_state=OfferState.DRAFT)
    return offer


@transaction.atomic
def rewrite(*, by: Membership, offer: Offer, **terms: Any) -> Offer:
    """Change a draft: what was approved stands. Raises Conflict("offer_state")."""
    held = hold(offer)
    if held.state != OfferState.DRAFT:
        raise Conflict("offer_state", _("Only a draft can be changed."), state=held.state)
    changed = {name: value for name, value in terms.items() if getattr(held, name) != value}
    if changed:
        Offer.objects.filter(pk=held.pk).update(**changed, updated_at=Now())
        tell(EventType.OFFER_CHANGED, held, by=by, from_state=OfferState.DRAFT, fields=sorted(changed))
        held.refresh_from_db()
    return held


@transaction.atomic
def approve(*, by: Membership, offer: Offer) -> Offer:
    """Let a draft be extended. Raises Conflict("offer_state")."""
    return take(Step.APPROVE, hold(offer), by=by)


@transaction.atomic
def extend(*, by: Membership, offer: Offer, deadline: datetime) -> Offer:
    """Make the offer to the candidate, to be answered before `deadline`, an exact instant.

    Raises Invalid("deadline_passed"), Conflict for an offer that is not approved ("offer_state")
    and for an application that could not be hired from where it is ("not_active", "no_such_edge").
    """
    if deadline <= timezone.now():
        raise Invalid("deadline_passed", _("The deadline has passed already."), field="deadline")
    held = hold(offer)
    _require_active(held.application)
    hiring = Transition.objects.filter(to_stage__kind=StageKind.HIRED)
    if not hiring.filter(from_stage=held.application.stage_id).exists():
        raise Conflict("no_such_edge", _("Nobody can be hired from this application's stage."))
    held.deadline = deadline
    return take(Step.EXTEND, held, by=by)


@transaction.atomic
def take_back(*, by: Membership, offer: Offer) -> Offer:
    """Withdraw an offer that has not been answered. Raises Conflict("offer_state")."""
    return take(Step.WITHDRAW, hold(offer), by=by)


def _require_active(application: Application) -> None:
    if application.state != ApplicationState.ACTIVE:
        raise Conflict("not_active", _("This application is closed already."), field="application")
