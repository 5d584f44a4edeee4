"""How candidates want to be notified by the organisations they applied to."""

from __future__ import annotations

from datetime import time
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models.functions import Now

from ats.common.errors import NotFound
from ats.events.record import new_event, record_events
from ats.models import Account, Candidate, EventType, NotificationPreferences


class Preferences(TypedDict, total=False):
    """What can be changed: see `NotificationPreferences`. `muted` are types of events."""

    muted: list[str]
    quiet_from: time | None
    quiet_until: time | None
    time_zone: str
    digest: bool


@transaction.atomic
def set_preferences(
    *, by: Account, candidate: int, **changes: Unpack[Preferences]
) -> NotificationPreferences:
    """Change how one organisation may notify a candidate. Raises NotFound."""
    row = Candidate.objects.select_related("organisation").filter(pk=candidate, account=by).first()
    if row is None:
        raise NotFound("not_found", "")
    NotificationPreferences.objects.get_or_create(candidate=row)
    NotificationPreferences.objects.filter(candidate=row).update(updated_at=Now(), **changes)
    data = {"fields": sorted(changes)}
    kind = EventType.NOTIFICATIONS_CHANGED
    record_events([new_event(kind, organisation=row.organisation, by=by, candidate=row, data=data)])
    return NotificationPreferences.objects.get(candidate=row)
