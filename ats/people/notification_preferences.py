"""How candidates want to hear from the organisations they applied to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from ats.common.errors import NotFound
from ats.models import Account, Candidate, NotificationPreferences


@transaction.atomic
def set_wish(*, by: Account, candidate: int, **wishes: Any) -> NotificationPreferences:
    """Change some of one's wishes towards one organisation. Raises NotFound."""
    row = Candidate.objects.filter(pk=candidate, account=by).first()
    if row is None:
        raise NotFound("not_found", "")
    NotificationPreferences.objects.get_or_create(candidate=row)
    NotificationPreferences.objects.filter(candidate=row).update(updated_at=Now(), **wishes)
    return NotificationPreferences.objects.get(candidate=row)
