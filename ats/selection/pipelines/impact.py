"""Which applications would be stranded if a plan replaced a pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Count

from ats.models import Application, ApplicationState, Stage
from ats.selection.pipelines.documents import Plan


@dataclass(frozen=True, slots=True)
class Impact:
    """Applications in a stage that would vanish with no successor, or from which nobody could be hired."""

    stage: int
    name: str
    people: int
    why: Literal["vanishes", "dead_end"]


def impact_of(plan: Plan, kept: dict[int, str], going: list[Stage]) -> list[Impact]:
    """`kept` gives the planned name of each stage that stays, by id; `going` are those that do not."""
    unmapped = [
        Impact(stage.pk, stage.name, people, "vanishes")
        for stage, people in _with_people(going, states=ApplicationState.values)
        if stage.pk not in plan.move_to
    ]
    return unmapped + _dead_ends(plan, kept)


def _dead_ends(plan: Plan, kept: dict[int, str]) -> list[Impact]:
    hired = plan.stages[-1].name
    stuck = [pk for pk, name in kept.items() if hired not in plan.reachable_from(name)]
    stages = Stage.objects.filter(pk__in=stuck).order_by("position")
    return [
        Impact(stage.pk, stage.name, people, "dead_end")
        for stage, people in _with_people(list(stages), states=[ApplicationState.ACTIVE])
    ]


def _with_people(stages: list[Stage], *, states: list[str]) -> list[tuple[Stage, int]]:
    rows = Application.objects.filter(stage__in=stages, state__in=states).order_by()
    people = dict(rows.values_list("stage").annotate(Count("pk")))
    return [(stage, people[stage.pk]) for stage in stages if stage.pk in people]
