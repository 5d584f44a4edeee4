"""The table of what may happen to an offer, and the one way in which it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, NotFound
from ats.events.record import new_event, record_events
from ats.models import Account, Application, EventType, Membership, Offer, OfferState


@dataclass(frozen=True, slots=True)
class Transition:
    from_states: frozenset[OfferState]
    to_state: OfferState
    event_type: EventType


class Step(Enum):
    """Each step, from which states to which, with which event. Expiry is `ats.selection.offers.expiry`."""

    APPROVE = Transition(frozenset({OfferState.DRAFT}), OfferState.APPROVED, EventType.OFFER_APPROVED)
    EXTEND = Transition(frozenset({OfferState.APPROVED}), OfferState.EXTENDED, EventType.OFFER_EXTENDED)
    ACCEPT = Transition(frozenset({OfferState.EXTENDED}), OfferState.ACCEPTED, EventType.OFFER_ACCEPTED)
    DECLINE = Transition(frozenset({OfferState.EXTENDED}), OfferState.DECLINED, EventType.OFFER_DECLINED)
    WITHDRAW = Transition(
        frozenset({OfferState.DRAFT, OfferState.APPROVED, OfferState.EXTENDED}),
        OfferState.WITHDRAWN,
        EventType.OFFER_WITHDRAWN,
    )


def lock_offer(offer: Offer) -> Offer:
    """The offer as it is now, it and its application kept from changing until the transaction ends."""
    applications = Application.objects.filter(offers=offer).order_by("pk")
    if not applications.select_for_update(of=("self",), no_key=True).exists():
        raise NotFound("offer_not_found", _("There is no such offer."))
    rows = Offer.objects.select_related("application__posting", "organisation")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=offer.pk)


def take_step(step: Step, offer: Offer, *, by: Membership | Account) -> Offer:
    """Let a locked offer take a step, with its event. Raises Conflict("offer_state")."""
    before, way = OfferState(offer.state), step.value
    if before not in way.from_states:
        sentence = _("An offer that is %(state)s cannot become %(wanted)s.")
        states = {"state": before.value, "wanted": way.to_state.value}
        raise Conflict("offer_state", sentence % states, **states)
    offer.state = way.to_state
    offer.updated_at = Now()
    offer.save(update_fields=["state", "deadline", "updated_at"])
    record_step(way.event_type, offer, by=by, from_state=before)
    offer.refresh_from_db(fields=["updated_at"])
    return offer


def record_step(
    type: EventType, offer: Offer, *, by: Membership | Account, from_state: OfferState, **details: object
) -> None:
    """The event of a step. The candidate is notified of what was extended, of drafts never."""
    is_secret = type == EventType.OFFER_WITHDRAWN and from_state != OfferState.EXTENDED
    data = {"offer": offer.pk, "from_state": from_state.value, **details}
    data |= {"unheard": True} if is_secret else {}
    application = offer.application
    record_events(
        [
            new_event(
                type,
                organisation=offer.organisation,
                by=by,
                application=application,
                posting=application.posting,
                candidate_id=application.candidate_id,
                data=data,
            )
        ]
    )
