"""What becomes of each application in a move."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """What became of one item. All but the first are refusals."""

    MOVED = "moved"
    NOT_FOUND = "not_found"
    NOT_ACTIVE = "not_active"
    NOT_REJECTED = "not_rejected"
    STAGE_CHANGED = "stage_changed"
    ALREADY_THERE = "already_there"
    POSTING_CLOSED = "posting_closed"
    NO_SUCH_EDGE = "no_such_edge"
    ROLE_TOO_LOW = "role_too_low"
    REASON_REQUIRED = "reason_required"
    SCORECARD_REQUIRED = "scorecard_required"
    ASSESSMENT_REQUIRED = "assessment_required"
    HEAD_COUNT_REACHED = "head_count_reached"
    MOVED_SINCE = "moved_since"
    STAGE_GONE = "stage_gone"


@dataclass(frozen=True, slots=True)
class Item:
    application: int
    result: Result
