"""Everything that the mails of a batch are made of, read in a constant number of queries.

It is read just before sending, so that a corrected address is used, an erased person is not written to, and
an unsubscription counts at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from ats.delivery import claiming
from ats.delivery.mails import quiet_hours
from ats.models import (
    Account,
    Candidate,
    Channel,
    Delivery,
    DeliveryState,
    Endpoint,
    Event,
    EventType,
    Interview,
    Invitation,
    LoginCode,
    NoticeTemplate,
    NotificationPreferences,
    Offer,
    Panellist,
    Stage,
)
from ats.models.event_catalogue import CATALOGUE

Row = TypeVar("Row", bound=Model)
MUTED = "the recipient wants no such mail"
EVENTS = Event.objects.select_related(
    "organisation", "posting__campaign", "candidate", "application__stage"
).prefetch_related("posting__locations")
INTERVIEWS = Interview.objects.select_related(
    "organisation", "application__posting", "application__candidate", "slot__room"
)


@dataclass(slots=True)
class Subjects:
    """The rows that the events of a batch name in their `data`, by id."""

    stages: Mapping[int, Stage] = field(default_factory=dict)
    offers: Mapping[int, Offer] = field(default_factory=dict)
    endpoints: Mapping[int, Endpoint] = field(default_factory=dict)
    interviews: Mapping[int, Interview] = field(default_factory=dict)
    invitations: Mapping[int, Invitation] = field(default_factory=dict)
    panels: frozenset[tuple[int, int]] = frozenset()  # slot and account

    def instant(self, event: Event) -> datetime | None:
        """The moment at which the news of an event come too late: an answer is due or an interview begins."""
        interview = self.interviews.get(event.data.get("interview", 0))
        offer = self.offers.get(event.data.get("offer", 0))
        if interview is not None and interview.during is not None:
            begin: datetime | None = interview.during.lower
            return begin
        return offer.deadline if offer else None


class Refusal(NamedTuple):
    """A mail that is not sent now: muted, or quiet `until` then."""

    until: datetime | None


@dataclass(slots=True)
class Batch:
    """What `compose` reads. `companions` are the rows that go out with a delivery, by its id."""

    codes: Mapping[int, LoginCode] = field(default_factory=dict)
    candidates: Mapping[int, Candidate] = field(default_factory=dict)
    accounts: Mapping[int, Account] = field(default_factory=dict)
    invitations: Mapping[int, Invitation] = field(default_factory=dict)
    refusals: dict[int, Refusal] = field(default_factory=dict)
    companions: dict[int, list[Delivery]] = field(default_factory=dict)
    events: dict[int, Event] = field(default_factory=dict)
    subjects: Subjects = field(default_factory=Subjects)
    templates: dict[tuple[int, str, str], NoticeTemplate] = field(default_factory=dict)
    last_said: dict[tuple[str, int], UUID | None] = field(default_factory=dict)

    def preferences(self, delivery: Delivery) -> NotificationPreferences | None:
        """Those of the candidate that a delivery is for."""
        kind, _colon, pk = delivery.recipient.partition(":")
        candidate = self.candidates.get(int(pk)) if kind == "candidate" else None
        return getattr(candidate, "notification_preferences", None)


def load(deliveries: list[Delivery]) -> Batch:
    """Read the batch, and claim what goes out together with its deliveries."""
    batch = Batch(
        codes=_by_id(LoginCode.objects, (row.login_code_id for row in deliveries)),
        candidates=_by_id(
            Candidate.objects.select_related("account", "notification_preferences"),
            _recipients(deliveries, "candidate"),
        ),
        accounts=_by_id(Account.objects.filter(is_active=True), _recipients(deliveries, "account")),
        invitations=_by_id(Invitation.objects, _recipients(deliveries, "invitation")),
    )
    _add_events(batch, deliveries)
    batch.refusals = {row.pk: found for row in deliveries if (found := _refusal(batch, row))}
    _claim_companions(batch, [row for row in deliveries if row.pk not in batch.refusals])
    _add_events(batch, [row for rows in batch.companions.values() for row in rows])
    batch.templates = _templates({event.organisation_id for event in batch.events.values()})
    batch.last_said = _last_said(deliveries)
    return batch


def _by_id(rows: Any, ids: Iterable[int | None]) -> dict[int, Any]:
    wanted = {pk for pk in ids if pk}
    return {row.pk: row for row in rows.filter(pk__in=wanted)} if wanted else {}


def _recipients(deliveries: Iterable[Delivery], kind: str) -> list[int]:
    found = (row.recipient.partition(":") for row in deliveries)
    return [int(pk) for name, _colon, pk in found if name == kind]


def _add_events(batch: Batch, deliveries: list[Delivery]) -> None:
    new = _by_id(EVENTS, (row.event_id for row in deliveries))
    if new:
        batch.events |= new
        batch.subjects = _subjects(batch.events.values())


def _subjects(events: Iterable[Event]) -> Subjects:
    data = [event.data for event in events]

    def named(rows: QuerySet[Row], *members: str) -> dict[int, Row]:
        return _by_id(rows, (one.get(member) for one in data for member in members))

    interviews = named(INTERVIEWS, "interview")
    slots = {row.slot_id for row in interviews.values() if row.slot_id}
    panels = Panellist.objects.filter(slot__in=slots).values_list("slot_id", "member__account_id")
    return Subjects(
        stages=named(Stage.objects.all(), "to_stage"),
        offers=named(Offer.objects.all(), "offer"),
        endpoints=named(Endpoint.objects.all(), "endpoint"),
        interviews=interviews,
        invitations=named(Invitation.objects.all(), "invitation"),
        panels=frozenset((slot, account) for slot, account in panels if account) if slots else frozenset(),
    )


def _refusal(batch: Batch, delivery: Delivery) -> Refusal | None:
    preferences, event = batch.preferences(delivery), batch.events.get(delivery.event_id or 0)
    if preferences is None or event is None:
        return None
    if is_muted(preferences, event):
        return Refusal(None)
    until = quiet_hours.not_before(
        preferences,
        made=delivery.created_at,
        now=claiming.claimed_at(delivery),
        instant=batch.subjects.instant(event),
    )
    return Refusal(until) if until else None


def is_muted(preferences: NotificationPreferences, event: Event) -> bool:
    """Whether the recipient has turned off what can be turned off."""
    return event.type in preferences.muted and CATALOGUE[EventType(event.type)].is_mutable


def _claim_companions(batch: Batch, deliveries: list[Delivery]) -> None:
    is_digest = {row.pk: bool((found := batch.preferences(row)) and found.digest) for row in deliveries}
    heads = [row for row in deliveries if row.group_key or is_digest[row.pk]]
    if heads:
        batch.companions = claiming.claim_companions(heads, all_due=[is_digest[row.pk] for row in heads])


def _templates(organisations: set[int]) -> dict[tuple[int, str, str], NoticeTemplate]:
    if not organisations:
        return {}
    rows = NoticeTemplate.objects.filter(organisation__in=organisations, channel=Channel.EMAIL)
    return {(row.organisation_id, row.type, row.language): row for row in rows}


def _last_said(deliveries: list[Delivery]) -> dict[tuple[str, int], UUID | None]:
    """The fingerprint of the last mail to a recipient about an application."""
    applications = {row.application_id for row in deliveries if row.application_id}
    sent = Delivery.objects.filter(
        application__in=applications, channel=Channel.EMAIL, state=DeliveryState.SENT
    )
    rows = sent.order_by("settled_at", "id").values_list("recipient", "application_id", "content")
    return {(recipient, pk or 0): said for recipient, pk, said in rows} if applications else {}
