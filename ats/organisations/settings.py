"""What an organisation sets up row by row: seasons, tracks, locations, tags, templates and the like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from django.db import transaction

from ats.events.record import new_event, record_events
from ats.models import EventType, Membership, Organisation


class OrganisationFields(TypedDict, total=False):
    """`second_acceptance` is a value of `SecondAcceptance`."""

    name: str
    name_zh: str
    interviewers_see_all: bool
    second_acceptance: str


@transaction.atomic
def change_organisation(*, by: Membership, **fields: Unpack[OrganisationFields]) -> Organisation:
    """Change what the organisation is called and how it works."""
    row = Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if changed:
        Organisation.objects.filter(pk=row.pk).update(**changed)
        row.refresh_from_db()
        record_setting(EventType.SETTING_CHANGED, by=by, resource="organisation", row=row, fields=changed)
    return row


def record_setting(
    type: EventType, *, by: Membership, resource: str, row: Any, fields: Iterable[str] | None = None
) -> None:
    """The event of a row that was added, changed in `fields`, or removed; in the transaction of the change.

    `resource` is the name under which the API lists such rows.
    """
    data: dict[str, Any] = {"resource": resource, "id": row.pk}
    if fields is not None:
        data["fields"] = sorted(fields)
    record_events([new_event(type, organisation=by.organisation, by=by, data=data)])
