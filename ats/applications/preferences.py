"""A person's order of preference among their applications in a season, 志愿, until it closes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.errors import Conflict, Invalid, NotFound
from ats.events.record import new_event, record_events
from ats.models import Account, Application, Campaign, Candidate, EventType


def active_applications(account: Account, campaign: Campaign) -> QuerySet[Application]:
    """A person's active applications in a season, as the person sees them."""
    return Application.objects.visibly_active().filter(candidate__account=account, campaign=campaign)


@transaction.atomic
def rank_preferences(*, by: Account, campaign: Campaign, applications: list[int]) -> None:
    """Rank a person's applications in a season: the first named is the first choice.

    Every active application has to be named, once. Raises NotFound("campaign_not_found"),
    Conflict("campaign_closed") and Invalid("preferences_incomplete").
    """
    records = Candidate.objects.filter(account=by, organisation=campaign.organisation_id)
    candidate = records.select_for_update(of=("self",), no_key=True).select_related("organisation").first()
    if candidate is None:
        raise NotFound("campaign_not_found", _("You have not applied in this season."))
    rows = {row.pk: row for row in active_applications(by, campaign)}
    if sorted(rows) != sorted(applications):
        sentence = _("Name each of your applications of this season once.")
        raise Invalid("preferences_incomplete", sentence, field="applications")
    if not Campaign.objects.filter(pk=campaign.pk, closes_at__gt=Now()).exists():
        raise Conflict("campaign_closed", _("This season is closed."))
    for rank, pk in enumerate(applications, start=1):
        rows[pk].preference = rank
    Application.objects.bulk_update(rows.values(), ["preference"])
    record_events(
        [
            new_event(
                EventType.PREFERENCES_RANKED,
                organisation=candidate.organisation,
                by=by,
                candidate=candidate,
                data={"campaign": campaign.pk, "applications": applications},
            )
        ]
    )
