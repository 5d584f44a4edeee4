"""What the tables say of each application, told by the tables and by the log alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from ats.models import (
    Application,
    AssessmentResult,
    Assignment,
    Candidate,
    Event,
    Interview,
    Note,
    Offer,
    Scorecard,
    Tagging,
    Verdict,
)

Told = dict[int, dict[str, Any]]
# What happens to an interview and changes neither its state nor its slot.
STAYS = {"panel_changed", "another_time_asked", "reminded", "choice_reminded"}


def state_of_the_tables() -> Told:
    """By application: where it is, and all that hangs on it."""
    told = _nothing()
    for row in Application.objects.all():
        told[row.pk] |= {"stage": row.stage_id, "state": row.state}
    for tagging in Tagging.objects.all():
        told[tagging.application_id]["tags"].add(tagging.tag_id)
    for assignment in Assignment.objects.all():
        told[assignment.application_id]["member"] = assignment.member_id
    for offer in Offer.objects.all():
        told[offer.application_id]["offers"][offer.pk] = offer.state
    _read_what_was_judged(told)
    return dict(told)


def _read_what_was_judged(told: Told) -> None:
    for interview in Interview.objects.all():
        told[interview.application_id]["interviews"][interview.pk] = (interview.state, interview.slot_id)
    for note in Note.objects.all():
        told[note.application_id]["notes"].add(note.pk)
    for card in Scorecard.objects.filter(submitted_at__isnull=False):
        told[card.application_id]["scorecards"][card.pk] = card.stage_id
    for result in AssessmentResult.objects.judged():
        is_passed = result.is_passed  # type: ignore[attr-defined]
        told[result.application_id]["results"][result.pk] = (result.assessment_id, is_passed)
    for verdict in Verdict.objects.order_by("pk"):
        told[verdict.application_id]["verdict"] = verdict.outcome


def state_by_the_log() -> Told:
    """The same, by reading every event once, in order."""
    told = _nothing()
    for event in Event.objects.filter(application__isnull=False).order_by("id"):
        assert event.application_id is not None
        subject, _dot, what = event.type.partition(".")
        READERS[subject](told[event.application_id], what, event.data)
    return dict(told)


def pointers_of_the_tables() -> dict[int, int]:
    """By record of a person: the one that stands for the person."""
    rows = Candidate.objects.filter(merged_into__isnull=False)
    return {row.pk: row.merged_into_id for row in rows if row.merged_into_id}


def pointers_by_the_log() -> dict[int, int]:
    """The same by the log."""
    told: dict[int, int] = {}
    for event in Event.objects.filter(type__in=("candidate.merged", "candidate.unmerged")).order_by("id"):
        for pk in event.data["members"]:
            if event.type == "candidate.merged":
                told[pk] = event.data["kept"]
            else:
                del told[pk]
    return told


def _nothing() -> defaultdict[int, dict[str, Any]]:
    dicts, sets = ("offers", "interviews", "scorecards", "results"), ("tags", "notes")
    plain = {"stage": 0, "state": "", "member": None, "verdict": "eligible"}  # until something is in the way
    return defaultdict(lambda: plain | {name: {} for name in dicts} | {name: set() for name in sets})


def _application(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    if what == "submitted":
        told |= {"stage": data["stage"], "state": "active"}
    elif what in {"tagged", "untagged"}:
        told["tags"] ^= {data["tag"]}
    elif what == "judged":
        told["verdict"] = data["after"]
    elif what in {"assigned", "unassigned"}:
        told["member"] = data["member"]
    elif what != "corrected":  # which changes answers alone
        _moved(told, what, data)


def _moved(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    assert (told["stage"], told["state"]) == (data["from_stage"], data["from_state"]), (what, data)
    told |= {"stage": data["to_stage"], "state": data["to_state"]}


def _offer(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    assert what == "drafted" or told["offers"][data["offer"]] == data["from_state"], (what, data)
    if what == "reminded":
        return
    told["offers"][data["offer"]] = {"drafted": "draft", "changed": "draft"}.get(what, what)


def _interview(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    if what in STAYS:
        return
    state = data["outcome"] if what == "ended" else {"rescheduled": "scheduled"}.get(what, what)
    told["interviews"][data["interview"]] = (state, data["slot"])


def _note(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    assert (what == "added") != (data["note"] in told["notes"]), (what, data)
    told["notes"] ^= {data["note"]} if what != "changed" else set()


def _scorecard(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    told["scorecards"][data["scorecard"]] = data["stage"]


def _result(told: dict[str, Any], what: str, data: dict[str, Any]) -> None:
    told["results"][data["result"]] = (data["assessment"], data["is_passed"])


READERS: dict[str, Callable[[dict[str, Any], str, dict[str, Any]], None]] = {
    "application": _application,
    "move": _moved,
    "offer": _offer,
    "interview": _interview,
    "note": _note,
    "scorecard": _scorecard,
    "assessment": _result,
}
