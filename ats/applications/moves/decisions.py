"""The table of decisions: what each kind of move does, to whom, by whom, told as what."""

from __future__ import annotations

from dataclasses import dataclass

from ats.applications.moves.results import Result
from ats.models import ApplicationState, EventType, MoveKind, Role

OWN_STAGE = "a.stage_id"
LAST_REJECTION = """(SELECT max(e.id) FROM ats_event e WHERE e.application_id = a.id
    AND e.data ->> 'to_state' = 'rejected' AND e.data ->> 'from_state' <> 'rejected')"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row. `to_stage` and `reverses` are SQL over the application `a` and its `hired` stage.

    `takes` is the input that it can not do without and that no other kind accepts. Along edges,
    the edge names the least role. What `ends`, or its undoing, takes offers and interviews with it.
    `reverses` is the event whose unsent notice it cancels.
    """

    leaves: tuple[ApplicationState, ...]
    enters: ApplicationState
    tells: EventType
    unless: Result = Result.NOT_ACTIVE
    takes: str | None = None
    to_stage: str = OWN_STAGE
    along_edges: bool = False
    least_role: Role = Role.RECRUITER
    at_closed_posting: bool = False
    counts_places: bool = False
    ends: bool = False
    ends_when_undone: bool = False
    reverses: str | None = None


ACTIVE, REJECTED = ApplicationState.ACTIVE, ApplicationState.REJECTED
WITHDRAWN, HIRED = ApplicationState.WITHDRAWN, ApplicationState.HIRED

DECISIONS: dict[MoveKind, Decision] = {
    MoveKind.STAGE: Decision(
        leaves=(ACTIVE,),
        enters=ACTIVE,
        tells=EventType.APPLICATION_MOVED,
        takes="to_stage",
        to_stage="%(to_stage)s::bigint",
        along_edges=True,
    ),
    MoveKind.HIRE: Decision(
        leaves=(ACTIVE,),
        enters=HIRED,
        tells=EventType.APPLICATION_HIRED,
        to_stage="coalesce(%(to_stage)s::bigint, hired.id)",
        along_edges=True,
        counts_places=True,
        ends=True,
    ),
    MoveKind.REJECT: Decision(
        leaves=(ACTIVE,),
        enters=REJECTED,
        tells=EventType.APPLICATION_REJECTED,
        takes="rejection_reason",
        at_closed_posting=True,
        ends=True,
    ),
    # A hired person who does not come gives the place back.
    MoveKind.WITHDRAW: Decision(
        leaves=(ACTIVE, HIRED),
        enters=WITHDRAWN,
        tells=EventType.APPLICATION_WITHDRAWN,
        at_closed_posting=True,
        counts_places=True,
        ends=True,
    ),
    MoveKind.UNREJECT: Decision(
        leaves=(REJECTED,),
        enters=ACTIVE,
        tells=EventType.APPLICATION_UNREJECTED,
        unless=Result.NOT_REJECTED,
        ends_when_undone=True,
        reverses=LAST_REJECTION,
    ),
}
