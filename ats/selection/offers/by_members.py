"""What members do with offers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict, Unpack

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
from ats.selection.offers.transitions import Step, lock_offer, record_step, take_step


class OfferTerms(TypedDict, total=False):
    """`starts_on` and `ends_on` are the first and the last day; `terms` is what the candidate reads."""

    pay: str
    starts_on: date | None
    ends_on: date | None
    terms: str


@transaction.atomic
def draft_offer(*, by: Membership, application: Application, **terms: Unpack[OfferTerms]) -> Offer:
    """Write an offer.

    Raises Conflict("not_active"), Conflict("offer_under_way"), Invalid("ends_before_it_begins").
    """
    _require_order(terms.get("starts_on"), terms.get("ends_on"))
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
    record_step(EventType.OFFER_DRAFTED, offer, by=by, from_state=OfferState.DRAFT)
    return offer


@transaction.atomic
def rewrite_offer(*, by: Membership, offer: Offer, **terms: Unpack[OfferTerms]) -> Offer:
    """Change a draft; what was approved stands. Raises Conflict("offer_state"), and as `draft_offer`."""
    locked = lock_offer(offer)
    if locked.state != OfferState.DRAFT:
        raise Conflict("offer_state", _("Only a draft can be changed."), state=locked.state)
    _require_order(terms.get("starts_on", locked.starts_on), terms.get("ends_on", locked.ends_on))
    changed = {name: value for name, value in terms.items() if getattr(locked, name) != value}
    if changed:
        Offer.objects.filter(pk=locked.pk).update(**changed, updated_at=Now())
        record_step(
            EventType.OFFER_CHANGED, locked, by=by, from_state=OfferState.DRAFT, fields=sorted(changed)
        )
        locked.refresh_from_db()
    return locked


@transaction.atomic
def approve_offer(*, by: Membership, offer: Offer) -> Offer:
    """Let a draft be extended. Raises Conflict("offer_state")."""
    return take_step(Step.APPROVE, lock_offer(offer), by=by)


@transaction.atomic
def extend_offer(*, by: Membership, offer: Offer, deadline: datetime) -> Offer:
    """Make the offer to the candidate, to be answered before `deadline`, an exact instant.

    Raises Invalid("deadline_passed"), Conflict for an offer that is not approved ("offer_state")
    and for an application that could not be hired from where it is ("not_active", "no_such_edge").
    """
    if deadline <= timezone.now():
        raise Invalid("deadline_passed", _("The deadline has passed already."), field="deadline")
    locked = lock_offer(offer)
    _require_active(locked.application)
    hiring = Transition.objects.filter(to_stage__kind=StageKind.HIRED)
    if not hiring.filter(from_stage=locked.application.stage_id).exists():
        raise Conflict("no_such_edge", _("Nobody can be hired from this application's stage."))
    locked.deadline = deadline
    return take_step(Step.EXTEND, locked, by=by)


@transaction.atomic
def withdraw_offer(*, by: Membership, offer: Offer) -> Offer:
    """Withdraw an offer that has not been answered. Raises Conflict("offer_state")."""
    return take_step(Step.WITHDRAW, lock_offer(offer), by=by)


def _require_active(application: Application) -> None:
    if application.state != ApplicationState.ACTIVE:
        raise Conflict("not_active", _("This application is closed already."), field="application")


def _require_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        sentence = _("The last day is before the first one.")
        raise Invalid("ends_before_it_begins", sentence, field="ends_on")
