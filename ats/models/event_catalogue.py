"""The catalogue of events: what each type says in `data`, and who is notified of it.

One row per type. Routing, the API, the OpenAPI document and `docs/events.md` are made from this table, and
every notified type needs a template in each language.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ats.models.application import ApplicationState
from ats.models.event import EventType
from ats.models.interview import ENDED
from ats.models.offer import OfferState
from ats.models.organisation import Role
from ats.models.posting import PostingState

Schema = dict[str, Any]


class Audience(StrEnum):
    """Who is notified of an event, besides the endpoints, which hear of everything they ask for."""

    CANDIDATE = "candidate"
    PANEL = "panel"
    OWNERS = "owners"
    INVITED = "invited"  # the address that was asked to join


@dataclass(frozen=True, slots=True)
class EventSpec:
    """What is known of a type of event.

    `data`: the JSON Schema of each required member. `group`: unsent notices of one group to one person
    and campaign wait for the undo window and go out as one message. `is_mutable`: the candidate may
    turn these notices off.
    """

    data: dict[str, Schema]
    notifies: Set[Audience] = frozenset()
    group: str = ""
    is_mutable: bool = True


TO_CANDIDATE = frozenset({Audience.CANDIDATE})
TO_CANDIDATE_AND_PANEL = frozenset({Audience.CANDIDATE, Audience.PANEL})
TO_PANEL = frozenset({Audience.PANEL})
TO_INVITED = frozenset({Audience.INVITED})
TO_OWNERS = frozenset({Audience.OWNERS})


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
ROLE: Schema = {"type": "string", "enum": Role.values}
INVITATION = {"invitation": ID, "role": ROLE}
PANEL = {"added": IDS, "removed": IDS}
SETTING = {"resource": TEXT, "id": ID}

CATALOGUE: dict[EventType, EventSpec] = {
    EventType.APPLICATION_SUBMITTED: EventSpec({"stage": ID, "track": TEXT}, TO_CANDIDATE),
    EventType.APPLICATION_MOVED: EventSpec(CHANGE, TO_CANDIDATE),
    EventType.APPLICATION_REJECTED: EventSpec(CHANGE, TO_CANDIDATE, group="rejections"),
    EventType.APPLICATION_WITHDRAWN: EventSpec(CHANGE, TO_CANDIDATE),
    EventType.APPLICATION_HIRED: EventSpec(CHANGE, TO_CANDIDATE),
    EventType.APPLICATION_UNREJECTED: EventSpec(CHANGE, TO_CANDIDATE),
    EventType.MOVE_UNDONE: EventSpec(CHANGE, TO_CANDIDATE),
    EventType.OFFER_DRAFTED: EventSpec(OFFER),
    EventType.OFFER_CHANGED: EventSpec(OFFER | {"fields": TEXTS}),
    EventType.OFFER_APPROVED: EventSpec(OFFER),
    EventType.OFFER_EXTENDED: EventSpec(OFFER, TO_CANDIDATE, is_mutable=False),
    EventType.OFFER_ACCEPTED: EventSpec(OFFER),
    EventType.OFFER_DECLINED: EventSpec(OFFER),
    EventType.OFFER_REMINDED: EventSpec(OFFER, TO_CANDIDATE, is_mutable=False),
    EventType.OFFER_EXPIRED: EventSpec(OFFER, TO_CANDIDATE, is_mutable=False),
    EventType.OFFER_WITHDRAWN: EventSpec(OFFER, TO_CANDIDATE, is_mutable=False),
    EventType.PIPELINE_CREATED: EventSpec({"pipeline": ID, "stages": TEXTS}),
    EventType.PIPELINE_UPDATED: EventSpec({"pipeline": ID, "removed": STAGES}),
    EventType.PIPELINE_DELETED: EventSpec({"pipeline": ID, "name": TEXT}),
    EventType.APPLICATION_JUDGED: EventSpec({"before": OUTCOME, "after": OUTCOME, "rule_sets": IDS}),
    EventType.APPLICATION_TAGGED: EventSpec(TAG),
    EventType.APPLICATION_UNTAGGED: EventSpec(TAG),
    EventType.APPLICATION_ASSIGNED: EventSpec(MEMBER),
    EventType.APPLICATION_UNASSIGNED: EventSpec(MEMBER),
    EventType.CANDIDATE_RECTIFIED: EventSpec({}),
    EventType.CANDIDATE_ERASED: EventSpec({}),
    EventType.CANDIDATES_MERGED: EventSpec(MERGE),
    EventType.CANDIDATES_UNMERGED: EventSpec(MERGE),
    EventType.CANDIDATES_DISTINGUISHED: EventSpec(DISTINCTION),
    EventType.DISTINCTION_REMOVED: EventSpec(DISTINCTION),
    EventType.CONSENT_GIVEN: EventSpec(CONSENT),
    EventType.CONSENT_WITHDRAWN: EventSpec(CONSENT),
    EventType.QUESTIONS_SAVED: EventSpec(QUESTIONS),
    EventType.PREFERENCES_RANKED: EventSpec({"campaign": ID, "applications": IDS}),
    EventType.APPLICATION_REAPPLIED: EventSpec(CHANGE),
    EventType.APPLICATION_CORRECTED: EventSpec({"version": ID, "fields": TEXTS}),
    EventType.NOTE_ADDED: EventSpec(NOTE),
    EventType.NOTE_CHANGED: EventSpec(NOTE),
    EventType.NOTE_REMOVED: EventSpec(NOTE),
    EventType.SCORECARD_FILED: EventSpec({"scorecard": ID, "stage": ID}),
    EventType.ASSESSMENT_RESULT_FILED: EventSpec(RESULT),
    EventType.SLOTS_OPENED: EventSpec(SLOTS),
    EventType.SLOT_PANEL_CHANGED: EventSpec(SLOTS | PANEL),
    EventType.SLOT_REMOVED: EventSpec(SLOTS),
    EventType.INTERVIEW_INVITED: EventSpec(INTERVIEW, TO_CANDIDATE),
    EventType.INTERVIEW_SCHEDULED: EventSpec(INTERVIEW, TO_CANDIDATE_AND_PANEL),
    EventType.INTERVIEW_CONFIRMED: EventSpec(INTERVIEW),
    EventType.INTERVIEW_RESCHEDULED: EventSpec(INTERVIEW, TO_CANDIDATE_AND_PANEL),
    EventType.INTERVIEW_PANEL_CHANGED: EventSpec(INTERVIEW | PANEL, TO_PANEL),
    EventType.INTERVIEW_DECLINED: EventSpec(INTERVIEW, TO_PANEL),
    EventType.ANOTHER_TIME_ASKED: EventSpec(INTERVIEW),
    EventType.INTERVIEW_ENDED: EventSpec(INTERVIEW | {"outcome": {"type": "string", "enum": list(ENDED)}}),
    EventType.INTERVIEW_REMINDED: EventSpec(INTERVIEW, TO_CANDIDATE),
    EventType.INTERVIEW_CHOICE_REMINDED: EventSpec(INTERVIEW, TO_CANDIDATE),
    EventType.INTERVIEW_CANCELLED: EventSpec(INTERVIEW, TO_CANDIDATE_AND_PANEL),
    EventType.POSTING_CREATED: EventSpec({"state": POSTING_STATE}),
    EventType.POSTING_UPDATED: EventSpec({"fields": TEXTS}),
    EventType.POSTING_STATE_CHANGED: EventSpec({"before": POSTING_STATE, "after": POSTING_STATE}),
    EventType.MEMBER_INVITED: EventSpec(INVITATION, TO_INVITED),
    EventType.INVITATION_REVOKED: EventSpec(INVITATION),
    EventType.INVITATION_DECLINED: EventSpec(INVITATION),
    EventType.MEMBER_JOINED: EventSpec({"member": ID, "role": ROLE}),
    EventType.MEMBER_ROLE_CHANGED: EventSpec({"member": ID, "before": ROLE, "after": ROLE}),
    EventType.MEMBER_REMOVED: EventSpec({"member": ID}),
    EventType.MEMBER_LEFT: EventSpec({"member": ID}),
    EventType.SETTING_CREATED: EventSpec(SETTING),
    EventType.SETTING_CHANGED: EventSpec(SETTING | {"fields": TEXTS}),
    EventType.SETTING_REMOVED: EventSpec(SETTING),
    EventType.NOTIFICATIONS_CHANGED: EventSpec({"fields": TEXTS}),
    EventType.RULES_SAVED: EventSpec({"scope": TEXT, "id": ID, "rules": ID, "version": ID}),
    EventType.ENDPOINT_CREATED: EventSpec({"endpoint": ID}),
    EventType.ENDPOINT_UPDATED: EventSpec({"endpoint": ID, "fields": TEXTS}),
    EventType.ENDPOINT_ROTATED: EventSpec({"endpoint": ID}),
    EventType.ENDPOINT_DISABLED: EventSpec({"endpoint": ID, "reason": TEXT}, TO_OWNERS),
    EventType.ENDPOINT_REMOVED: EventSpec({"endpoint": ID}),
    EventType.ENDPOINT_TESTED: EventSpec({"endpoint": ID}),
}
# Optional members of any event's `data`. `reverses` is the event, `undone` the move that is taken back;
# `rule` is the one that assigned; `left_slot` was the interview's before; of what is `unheard` no candidate
# is notified.
OPTIONAL: dict[str, Schema] = {
    "reverses": ID,
    "undone": ID,
    "rejection_reason": ID,
    "rule": ID,
    "left_slot": ID,
    "unheard": {"type": "boolean"},
    "import": ID,
}


def types_notifying(audience: Audience) -> list[EventType]:
    """The types of which an audience is notified, in the order of the table."""
    return [kind for kind, spec in CATALOGUE.items() if audience in spec.notifies]


# As choices of fields: what candidates are notified of, and what of it they may turn off.
NOTICE_TYPES = [(kind.value, kind.label) for kind in types_notifying(Audience.CANDIDATE)]
MUTABLE_TYPES = [(value, label) for value, label in NOTICE_TYPES if CATALOGUE[EventType(value)].is_mutable]
