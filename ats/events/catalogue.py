"""What each type of event says: one table, from which the API and `docs/events.md` are made."""

from __future__ import annotations

from typing import Any

from ats.models import ApplicationState, EventType, OfferState, PostingState

Schema = dict[str, Any]

ID: Schema = {"type": "integer", "minimum": 1}
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
IDS: Schema = {"type": "array", "items": ID}
STAGES: Schema = {"type": "array", "items": {"type": "object", "properties": {"id": ID, "name": TEXT}}}
POSTING_STATE: Schema = {"type": "string", "enum": PostingState.values}

STATE: Schema = {"type": "string", "enum": ApplicationState.values}
OFFER_STATE: Schema = {"type": "string", "enum": OfferState.values}
OUTCOME: Schema = {"type": ["string", "null"]}
CHANGE = {"from_stage": ID, "to_stage": ID, "from_state": STATE, "to_state": STATE}
OFFER = {"offer": ID, "from_state": OFFER_STATE}
ID_OR_NONE: Schema = {"type": ["integer", "null"], "minimum": 1}
NOTE = {"note": ID}
MERGE = {"merge": ID, "kept": ID, "members": IDS}
DISTINCTION = {"distinction": ID, "other": ID}
QUESTIONS = {"question_set": ID, "version": ID}
CONSENT = {"purpose": TEXT, "version": TEXT}
TAG = {"tag": ID}
MEMBER = {"member": ID_OR_NONE}
SLOTS = {"stage": ID, "slots": IDS}
RESULT: dict[str, dict[str, Any]] = {
    "assessment": ID,
    "result": ID,
    "is_passed": {"type": ["boolean", "null"]},
}
INTERVIEW = {"interview": ID, "stage": ID, "slot": ID_OR_NONE}

# The members of `data`. They are always there, but for those of OPTIONAL.
DATA: dict[EventType, dict[str, Schema]] = {
    EventType.APPLICATION_SUBMITTED: {"stage": ID, "track": TEXT},
    EventType.APPLICATION_MOVED: CHANGE,
    EventType.APPLICATION_REJECTED: CHANGE,
    EventType.APPLICATION_WITHDRAWN: CHANGE,
    EventType.APPLICATION_HIRED: CHANGE,
    EventType.APPLICATION_UNREJECTED: CHANGE,
    EventType.MOVE_UNDONE: CHANGE,
    EventType.OFFER_DRAFTED: OFFER,
    EventType.OFFER_CHANGED: OFFER | {"fields": TEXTS},
    EventType.OFFER_APPROVED: OFFER,
    EventType.OFFER_EXTENDED: OFFER,
    EventType.OFFER_ACCEPTED: OFFER,
    EventType.OFFER_DECLINED: OFFER,
    EventType.OFFER_EXPIRED: OFFER,
    EventType.OFFER_WITHDRAWN: OFFER,
    EventType.PIPELINE_CREATED: {"pipeline": ID, "stages": TEXTS},
    EventType.PIPELINE_UPDATED: {"pipeline": ID, "removed": STAGES},
    EventType.PIPELINE_DELETED: {"pipeline": ID, "name": TEXT},
    EventType.APPLICATION_JUDGED: {"before": OUTCOME, "after": OUTCOME, "rule_sets": IDS},
    EventType.APPLICATION_TAGGED: TAG,
    EventType.APPLICATION_UNTAGGED: TAG,
    EventType.APPLICATION_ASSIGNED: MEMBER,
    EventType.APPLICATION_UNASSIGNED: MEMBER,
    EventType.CANDIDATE_RECTIFIED: {},
    EventType.CANDIDATE_ERASED: {},
    EventType.CANDIDATES_MERGED: MERGE,
    EventType.CANDIDATES_UNMERGED: MERGE,
    EventType.CANDIDATES_DISTINGUISHED: DISTINCTION,
    EventType.DISTINCTION_REMOVED: DISTINCTION,
    EventType.CONSENT_GIVEN: CONSENT,
    EventType.CONSENT_WITHDRAWN: CONSENT,
    EventType.QUESTIONS_SAVED: QUESTIONS,
    EventType.PREFERENCES_RANKED: {"campaign": ID, "applications": IDS},
    EventType.NOTE_ADDED: NOTE,
    EventType.NOTE_CHANGED: NOTE,
    EventType.NOTE_REMOVED: NOTE,
    EventType.SCORECARD_FILED: {"scorecard": ID, "stage": ID},
    EventType.ASSESSMENT_RESULT_FILED: RESULT,
    EventType.SLOTS_OPENED: SLOTS,
    EventType.SLOT_REMOVED: SLOTS,
    EventType.INTERVIEW_INVITED: INTERVIEW,
    EventType.INTERVIEW_SCHEDULED: INTERVIEW,
    EventType.INTERVIEW_CONFIRMED: INTERVIEW,
    EventType.INTERVIEW_RESCHEDULED: INTERVIEW,
    EventType.INTERVIEW_CANCELLED: INTERVIEW,
    EventType.POSTING_CREATED: {"state": POSTING_STATE},
    EventType.POSTING_UPDATED: {"fields": TEXTS},
    EventType.POSTING_STATE_CHANGED: {"before": POSTING_STATE, "after": POSTING_STATE},
    EventType.RULES_SAVED: {"scope": TEXT, "id": ID, "rules": ID, "version": ID},
    EventType.ENDPOINT_CREATED: {"endpoint": ID},
    EventType.ENDPOINT_UPDATED: {"endpoint": ID, "fields": TEXTS},
    EventType.ENDPOINT_ROTATED: {"endpoint": ID},
    EventType.ENDPOINT_DISABLED: {"endpoint": ID, "reason": TEXT},
    EventType.ENDPOINT_REMOVED: {"endpoint": ID},
    EventType.ENDPOINT_TESTED: {"endpoint": ID},
}
# `reverses` is the event, `undone` the move that is taken back; `rule` is the one that assigned;
# `left_slot` was the interview's before; of what is `unheard` no candidate is told.
OPTIONAL: dict[str, Schema] = {
    "reverses": ID,
    "undone": ID,
    "rejection_reason": ID,
    "rule": ID,
    "left_slot": ID,
    "unheard": {"type": "boolean"},
}


def schema(type: EventType) -> Schema:
    """The JSON Schema (2020-12) of the `data` of events of a type."""
    members = DATA[type]
    return {
        "type": "object",
        "properties": members | OPTIONAL,
        "required": list(members),
        "additionalProperties": False,
    }


def catalogue() -> list[dict[str, Any]]:
    """Every type as `{"type", "meaning", "schema"}`, in the order of the table."""
    return [{"type": kind.value, "meaning": str(kind.label), "schema": schema(kind)} for kind in DATA]


def as_markdown() -> str:
    """The page `docs/events.md`."""
    rows = [
        f"| `{kind.value}` | {kind.label} | {', '.join(f'`{name}`' for name in members)} |"
        for kind, members in DATA.items()
    ]
    return "\n".join([HEAD, *rows, ""])


HEAD = """# Events

Written by `manage.py event_catalogue`; the JSON Schemas are at `/api/v1/event-types/`.

An event is `{"id", "cursor", "type", "actor", "move", "posting", "candidate", "application", "data",
"created_at"}`. It holds ids and codes, no personal data. `data` depends on the type; where it applies it also
holds `reverses` (the event that is taken back), `undone` (the move), `rejection_reason`, `rule` (of
assignment), `left_slot` and `unheard` (no candidate is told).

| type | meaning | `data` |
|---|---|---|"""
