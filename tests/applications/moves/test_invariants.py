"""Any sequence of moves whatever: the log replays to the final state, places add up, none is oversold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ats.applications.moves import move_applications, undo_move
from ats.common.errors import Conflict
from ats.models import Application, Delivery, Membership, MoveKind, Posting, RejectionReason, Role, Stage
from tests.applications.moves.replaying import the_log_leads_to_where_they_are
from tests.factories import a_member, a_posting, an_application, an_organisation

pytestmark = pytest.mark.django_db
PEOPLE = 4
some_of_them = st.sets(st.integers(0, PEOPLE - 1), min_size=1)


class Season(RuleBasedStateMachine):
    """A handful of people, two places, and recruiters who do whatever comes to mind."""

    by: Membership
    stages: list[int]
    reason: int

    def __init__(self) -> None:
        super().__init__()
        self.posting = a_posting(self.by.organisation, head_count=2)
        offer = Stage.objects.for_org(self.by.organisation).get(name="Offer")
        self.people = [an_application(self.posting, stage=offer).pk for _ in range(PEOPLE)]
        self.moves: list[int] = []

    def move(self, who: set[int], **asked: Any) -> None:
        batch, _items = move_applications(by=self.by, applications=[self.people[n] for n in who], **asked)
        self.moves.append(batch.pk)

    @rule(who=some_of_them, stage=st.integers(0, 5))
    def go(self, who: set[int], stage: int) -> None:
        self.move(who, to_stage=self.stages[stage])

    @rule(who=some_of_them, kind=st.sampled_from([MoveKind.HIRE, MoveKind.WITHDRAW, MoveKind.UNREJECT]))
    def decide(self, who: set[int], kind: MoveKind) -> None:
        self.move(who, kind=kind)

    @rule(who=some_of_them)
    def reject(self, who: set[int]) -> None:
        self.move(who, kind=MoveKind.REJECT, rejection_reason=self.reason)

    @precondition(lambda self: self.moves)
    @rule(back=st.integers(0, 3))
    def undo(self, back: int) -> None:
        try:
            undo_move(by=self.by, move=self.moves[-1 - back % len(self.moves)])
        except Conflict as refused:
            assert refused.code == "undone_already"  # noqa: PT017

    @invariant()
    def the_log_replays(self) -> None:
        assert the_log_leads_to_where_they_are()

    @invariant()
    def no_place_is_sold_twice(self) -> None:
        assert 0 <= Posting.objects.get(pk=self.posting.pk).filled <= 2

    @invariant()
    def state_and_stage_agree(self) -> None:
        ours = Application.objects.filter(posting=self.posting)
        assert not ours.filter(state="hired").exclude(stage__kind="hired").exists()
        assert not ours.filter(state="active", stage__kind="hired").exists()

    @invariant()
    def exactly_the_rejected_have_a_letter_to_come(self) -> None:
        rejected = set(Application.objects.filter(state="rejected").values_list("pk", flat=True))
        letters = Delivery.objects.filter(state="due").exclude(group_key="")
        assert set(letters.values_list("event__application", flat=True)) == rejected
        assert letters.count() == len(rejected)


@pytest.fixture(autouse=True)
def _employer() -> None:
    Season.by = a_member(an_organisation(), Role.OWNER)
    ours = Season.by.organisation
    Season.stages = list(Stage.objects.for_org(ours).order_by("position").values_list("pk", flat=True))
    Season.reason = RejectionReason.objects.for_org(ours).earliest("pk").pk


def test_any_sequence_of_moves() -> None:
    run_state_machine_as_test(
        Season,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
