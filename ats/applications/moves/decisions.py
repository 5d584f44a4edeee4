"""The table of decisions: what each kind of move does, to which applications, and who may take it."""

# ruff: noqa: S608  (only states are put into the SQL)
from __future__ import annotations

from dataclasses import dataclass

from ats.applications.moves.results import Result
from ats.models import ApplicationState, EventType, MoveKind, Role

ACTIVE, REJECTED = ApplicationState.ACTIVE, ApplicationState.REJECTED
WITHDRAWN, HIRED = ApplicationState.WITHDRAWN, ApplicationState.HIRED

CURRENT_STAGE = "a.stage_id"
LAST_REJECTION = f"""(SELECT max(e.id) FROM ats_event e WHERE e.application_id = a.id
    AND e.data ->> 'to_state' = '{REJECTED}' AND e.data ->> 'from_state' <> '{REJECTED}')"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row.

    An application in one of `from_states` goes to `to_state` and leaves an event of `event_type`; any
    other is refused with `refusal`. `to_stage` and `reverses` are SQL over the application `a` and the
    `hired` stage of its pipeline. `reverses` is the event whose unsent notice this cancels.

    `required_input` is an input that this kind needs and no other kind accepts. With `along_edges`
    the edge of the pipeline names the least role, otherwise `least_role` does. `counts_seats` says
    that the move takes or gives back a seat of the posting. `closes_related` closes the offers and
    interviews of what moves; `closes_related_when_undone` does so when such a move is undone.
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
    closes_related: bool = False
    closes_related_when_undone: bool = False
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
        closes_related=True,
    ),
    MoveKind.REJECT: Decision(
        from_states=(ACTIVE,),
        to_state=REJECTED,
        event_type=EventType.APPLICATION_REJECTED,
        required_input="rejection_reason",
        at_closed_posting=True,
        closes_related=True,
    ),
    # A hired person who does not come gives the seat back.
    MoveKind.WITHDRAW: Decision(
        from_states=(ACTIVE, HIRED),
        to_state=WITHDRAWN,
        event_type=EventType.APPLICATION_WITHDRAWN,
        at_closed_posting=True,
        counts_seats=True,
        closes_related=True,
    ),
    MoveKind.UNREJECT: Decision(
        from_states=(REJECTED,),
        to_state=ACTIVE,
        event_type=EventType.APPLICATION_UNREJECTED,
        refusal=Result.NOT_REJECTED,
        closes_related_when_undone=True,
        reverses=LAST_REJECTION,
    ),
}
