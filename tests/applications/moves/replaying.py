"""The event log against the tables: whoever replays it arrives where everybody is."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, Q

from ats.models import Application, Event, Posting


def the_log_leads_to_where_they_are() -> bool:
    """Each application's moves join, the last leads to where it is, and the places add up."""
    return all(_leads(steps, application) for application, steps in _logs()) and not (
        Posting.objects.annotate(hired=Count("applications", filter=Q(applications__state="hired")))
        .exclude(filled=F("hired"))
        .exists()
    )


def _logs() -> list[tuple[Application, list[dict[str, Any]]]]:
    steps = defaultdict(list)
    moves = Event.objects.filter(move__isnull=False).order_by("id")
    for pk, data in moves.values_list("application", "data"):
        steps[pk].append(data)
    return [(application, steps[application.pk]) for application in Application.objects.all()]


def _leads(steps: list[dict[str, Any]], application: Application) -> bool:
    here = (application.stage_id, application.state)
    starts = [(step["from_stage"], step["from_state"]) for step in steps]
    ends = [(step["to_stage"], step["to_state"]) for step in steps]
    return [*starts[1:], here] == ends if steps else True
