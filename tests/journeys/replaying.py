"""What the tables say of each application, told by the tables and by the log alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from ats.models import Application, Assignment, Event, Interview, Offer, Tagging

Told = dict[int, dict[str, Any]]


def state_of_the_tables() -> Told:
    """By application: where it is, its tags, who looks after it, its offers and its interviews."""
    told = _nothing()
    for row in Application.objects.all():
        told[row.pk] |= {"stage": row.stage_id, "state": row.state}
    for tagging in Tagging.objects.all():
        told[tagging.application_id]["tags"].add(tagging.tag_id)
    for assignment in Assignment.objects.all():
        told[assignment.application_id]["member"] = assignment.member_id
    for offer in Offer.objects.all():
        told[offer.application_id]["offers"][offer.pk] = offer.state
    for interview in Interview.objects.all():
        told[interview.application_id]["interviews"][interview.pk] = interview.state
    return dict(told)


def state_by_the_log() -> Told:
    """The same, by reading every event once, in order."""
    told = _nothing()
    for event in Event.objects.filter(application__isnull=False).order_by("id"):
        assert event.application_id is not None
        subject, _dot, what = event.type.partition(".")
        READERS.get(subject, _ignored)(told[event.application_id], what, event.data)
    return dict(told)


def _nothing() -> defaultdict[int, dict[str, Any]]:
    return defaultdict(
        lambda: {"stage": 0, "state": "", "tags": set(), "member": None, "offers": {}, "interviews": {}}
    )


def _application(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    if what == "submitted":
        told |= {"stage": data["stage"], "state": "active"}
    elif what in {"tagged", "untagged"}:
        told["tags"] ^= {data["tag"]}
    elif what in {"assigned", "unassigned"}:
        told["member"] = data["member"]
    else:
        _moved(told, what, data)


def _moved(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    assert (told["stage"], told["state"]) == (data["from_stage"], data["from_state"]), (what, data)
    told |= {"stage": data["to_stage"], "state": data["to_state"]}


def _offer(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    assert what == "drafted" or told["offers"][data["offer"]] == data["from_state"], (what, data)
    told["offers"][data["offer"]] = {"drafted": "draft", "changed": "draft"}.get(what, what)


def _interview(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    told["interviews"][data["interview"]] = {"rescheduled": "scheduled"}.get(what, what)


def _ignored(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    """Notes, scorecards and results stand in tables that are not replayed here."""


READERS: dict[str, Callable[[dict[str, Any], str, dict[str, Any]], None]] = {
    "application": _application,
    "move": _moved,
    "offer": _offer,
    "interview": _interview,
}
