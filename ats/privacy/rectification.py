from __future__ import annotations

from django.db import transaction

from ats.events.record import new_event, record_events
from ats.models import Account, Candidate, EventType
from ats.people.candidates import candidate_of


@transaction.atomic
def rectify(*, by: Account) -> list[Candidate]:
    """Bring what organisations have of a person up to date with the person's own profile.

    Applications keep the graduation that they were judged by. Raises Conflict("profile_incomplete").
    """
    records = Candidate.objects.filter(account=by).select_related("organisation").order_by("pk")
    rows = [candidate_of(by, row.organisation) for row in records]
    record_events(
        new_event(EventType.CANDIDATE_RECTIFIED, organisation=row.organisation, by=by, candidate=row)
        for row in rows
    )
    return rows
