"""How candidates want to hear from the organisations they applied to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from ats.common.errors import NotFound
from ats.models import Account, Candidate, NoticeWish


@transaction.atomic
def set_wish(*, by: Account, candidate: int, **wishes: Any) -> NoticeWish:
    """Change some of one's wishes towards one organisation. Raises NotFound."""
    row = Candidate.objects.filter(pk=candidate, account=by).first()
    if row is None:
        raise NotFound("not_found", "")
    NoticeWish.objects.get_or_create(candidate=row)
    NoticeWish.objects.filter(candidate=row).update(updated_at=Now(), **wishes)
    return NoticeWish.objects.get(candidate=row)
