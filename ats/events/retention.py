"""Retention: what was told long ago is forgotten, and whoever had not read it yet is told so."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Now

from ats.events.feed import follow, number_all_events
from ats.models import Delivery, DeliveryState, Event, FeedHorizon, Organisation
from ats.models.tenancy import TenantQuerySet

LEAST_KEPT = timedelta(days=30)  # ten times what a delivery may be retried for
KEPT = timedelta(days=400)


def forget_all(*, older_than: timedelta = KEPT, dry_run: bool = False) -> dict[str, int]:
    """`forget_events` of every organisation: how many events, by its slug."""
    number_all_events()
    return {
        organisation.slug: forget_events(organisation=organisation, older_than=older_than, dry_run=dry_run)
        for organisation in Organisation.objects.order_by("slug")
    }


@transaction.atomic
def forget_events(*, organisation: Organisation, older_than: timedelta, dry_run: bool = False) -> int:
    """Delete an organisation's events, with their deliveries, up to the last one older than that.

    The feed loses its beginning and nothing in its middle: it stops before the first event that has
    something due. How many events; with `dry_run` nothing is deleted. Raises ValueError for less
    than 30 days.
    """
    if older_than < LEAST_KEPT:
        raise ValueError(f"events are kept for at least {LEAST_KEPT.days} days")
    old = _beginning(organisation, older_than)
    last = old.aggregate(last=Max("number"))["last"]
    if last is None or dry_run:
        return old.count()
    FeedHorizon.objects.update_or_create(organisation=organisation, defaults={"number": last})
    _total, deleted = old.delete()
    return deleted["ats.Event"]


def _beginning(organisation: Organisation, older_than: timedelta) -> TenantQuerySet[Event]:
    """The events before the first that is young or has something due."""
    events = follow(organisation)
    due = Delivery.objects.filter(event=OuterRef("pk"), state=DeliveryState.DUE)
    kept = events.filter(created_at__gt=Now() - older_than) | events.filter(Exists(due))
    first = kept.values_list("number", flat=True).first()
    return events.filter(number__lt=first) if first else events
