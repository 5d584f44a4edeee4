"""Retention: old events are deleted, and a reader who had not read them yet is told so by the feed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from ats.events.feed import START, number_all_events
from ats.models import UNSETTLED, Delivery, Event, FeedHorizon, Organisation

LEAST_KEPT = timedelta(days=30)  # ten times what a delivery may be retried for
KEPT = timedelta(days=400)
BATCH = 1000  # events that one transaction deletes


def forget_all(*, older_than: timedelta = KEPT, dry_run: bool = False) -> dict[str, int]:
    """`forget_events` of every organisation: how many events, by its slug."""
    number_all_events()
    return {
        organisation.slug: forget_events(organisation=organisation, older_than=older_than, dry_run=dry_run)
        for organisation in Organisation.objects.order_by("slug")
    }


def forget_events(*, organisation: Organisation, older_than: timedelta, dry_run: bool = False) -> int:
    """Delete an organisation's events, with their deliveries, up to the last one older than that.

    The feed loses its beginning and nothing in its middle: it stops before the first event that is young or
    has an unsettled delivery. How many events; with `dry_run` nothing is deleted. Each BATCH is a transaction
    of its own. Raises ValueError for less than 30 days.
    """
    if older_than < LEAST_KEPT:
        raise ValueError(f"events are kept for at least {LEAST_KEPT.days} days")
    count, after = 0, START
    while batch := _oldest(organisation, older_than, after):
        count, after = count + len(batch), batch[-1][1]
        if not dry_run:
            _delete(organisation, [pk for pk, _number in batch], after)
    return count


def _oldest(organisation: Organisation, older_than: timedelta, after: int) -> list[tuple[int, int]]:
    """Ids and numbers of the next events behind `after` that may go, BATCH at most."""
    events = Event.objects.for_org(organisation).filter(number__gt=after).order_by("number")
    is_old = events.filter(created_at__lte=Now() - older_than)
    rows = list(events[:BATCH].values_list("id", "number"))
    old = set(is_old.filter(number__lte=rows[-1][1]).values_list("id", flat=True)) if rows else set()
    unsettled = set(
        Delivery.objects.filter(event__in=[pk for pk, _number in rows], state__in=UNSETTLED).values_list(
            "event_id", flat=True
        )
    )
    kept = next((at for at, (pk, _number) in enumerate(rows) if pk not in old or pk in unsettled), len(rows))
    return [(pk, number) for pk, number in rows[:kept] if number is not None]


@transaction.atomic
def _delete(organisation: Organisation, ids: list[int], last: int) -> None:
    FeedHorizon.objects.update_or_create(organisation=organisation, defaults={"number": last})
    Event.objects.filter(pk__in=ids).delete()
