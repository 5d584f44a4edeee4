"""The table of decisions: what each kind of move does, to which applications, and who may take it."""

# ruff: noqa: S608  (only states are put into the SQL)
from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ats.applications.moves.results import Result
from ats.models import ApplicationState, EventType, MoveKind, Role

ACTIVE, REJECTED = ApplicationState.ACTIVE, ApplicationState.REJECTED
WITHDRAWN, HIRED = ApplicationState.WITHDRAWN, ApplicationState.HIRED

CURRENT_STAGE = "a.stage_id"
FIRST_STAGE = """(SELECT f.id FROM ats_stage f
    WHERE f.pipeline_id = s.pipeline_id ORDER BY f.position LIMIT 1)"""
LAST_REJECTION = f"""(SELECT max(e.id) FROM ats_event e WHERE e.application_id = a.id
    AND e.data ->> 'to_state' = '{REJECTED}' AND e.data ->> 'from_state' <> '{REJECTED}')"""


class Closing(Enum):
    """What is closed with an application: all offers and interviews, or what the candidate does not see.

    What the candidate sees of a rejected application is closed when the rejection is announced.
    """

    ALL = "all"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row.

    An application in one of `from_states` goes to `to_state` and leaves an event of `event_type`; any
    other is refused with `refusal`. `to_stage` and `reverses` are SQL over the application `a` and the
    `hired` stage of its pipeline. `reverses` is the event whose unsent notice this cancels.

    `required_input` is an input that this kind needs and no other kind accepts. With `along_edges`
    the edge of the pipeline names the least role, otherwise `least_role` does. `counts_seats` says
    that the move takes or gives back a seat of the posting. `closes` says which offers and interviews of
    what moves are closed, `closes_when_undone` which are when such a move is undone.
    """

    from_states: tuple[ApplicationState, ...]
    to_state: ApplicationState
    event_type: EventType
    refusal: Result = Result.NOT_ACTIVE
    required_input: str | None = None
    to_stage: str = CURRENT_STAGE
    along_edges: bool = False
    least_role: Role = Role.RECRUITER
    at_closed_posting: bool = False
    counts_seats: bool = False
    closes: Closing | None = None
    closes_when_undone: Closing | None = None
    reverses: str | None = None


DECISIONS: dict[MoveKind, Decision] = {
    MoveKind.STAGE: Decision(
        from_states=(ACTIVE,),
        to_state=ACTIVE,
        event_type=EventType.APPLICATION_MOVED,
        required_input="to_stage",
        to_stage="%(to_stage)s::bigint",
        along_edges=True,
    ),
    MoveKind.HIRE: Decision(
        from_states=(ACTIVE,),
        to_state=HIRED,
        event_type=EventType.APPLICATION_HIRED,
        to_stage="coalesce(%(to_stage)s::bigint, hired.id)",
        along_edges=True,
        counts_seats=True,
        closes=Closing.ALL,
    ),
    MoveKind.REJECT: Decision(
        from_states=(ACTIVE,),
        to_state=REJECTED,
        event_type=EventType.APPLICATION_REJECTED,
        required_input="rejection_reason",
        at_closed_posting=True,
        closes=Closing.DRAFTS,
    ),
    # A hired person who does not come gives the seat back.
    MoveKind.WITHDRAW: Decision(
        from_states=(ACTIVE, HIRED),
        to_state=WITHDRAWN,
        event_type=EventType.APPLICATION_WITHDRAWN,
        at_closed_posting=True,
        counts_seats=True,
        closes=Closing.ALL,
    ),
    MoveKind.UNREJECT: Decision(
        from_states=(REJECTED,),
        to_state=ACTIVE,
        event_type=EventType.APPLICATION_UNREJECTED,
        refusal=Result.NOT_REJECTED,
        closes_when_undone=Closing.DRAFTS,
        reverses=LAST_REJECTION,
    ),
    # Only the candidate's to decide: see `ats.applications.apply.reapply`.
    MoveKind.REAPPLY: Decision(
        from_states=(WITHDRAWN,),
        to_state=ACTIVE,
        event_type=EventType.APPLICATION_REAPPLIED,
        to_stage=FIRST_STAGE,
    ),
}
OF_CANDIDATES = frozenset({MoveKind.REAPPLY})
OF_MEMBERS = tuple(kind for kind in DECISIONS if kind not in OF_CANDIDATES)
