"""What a pipeline must be so that everybody in it can get somewhere: one row per rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ats.common.errors import Invalid
from ats.models import StageKind
from ats.selection.pipelines.documents import Plan


def _names_are_unique(plan: Plan) -> bool:
    return max(Counter(stage.name for stage in plan.stages).values()) == 1


def _begins_with_the_one_applied(plan: Plan) -> bool:
    return [s.kind == StageKind.APPLIED for s in plan.stages] == [True] + [False] * (len(plan.stages) - 1)


def _ends_with_the_one_hired(plan: Plan) -> bool:
    return [s.kind == StageKind.HIRED for s in plan.stages] == [False] * (len(plan.stages) - 1) + [True]


def _edges_lead_to_other_stages(plan: Plan) -> bool:
    names = {stage.name for stage in plan.stages}
    return all(e.to in names and e.to != stage.name for stage in plan.stages for e in stage.leaving)


def _edges_are_unique(plan: Plan) -> bool:
    return all(len({e.to for e in stage.leaving}) == len(stage.leaving) for stage in plan.stages)


def _nothing_leaves_hired(plan: Plan) -> bool:
    return not plan.stages[-1].leaving


def _all_are_reachable(plan: Plan) -> bool:
    return plan.reachable_from(plan.stages[0].name) == {stage.name for stage in plan.stages}


def _the_moved_go_to_known_stages(plan: Plan) -> bool:
    return set(plan.move_to.values()) <= {stage.name for stage in plan.stages}


class Rule(NamedTuple):
    is_met: Callable[[Plan], bool]
    code: str
    sentence: Promise
    field: str = "stages"


RULES = [
    Rule(_names_are_unique, "stage_name_twice", _("Two stages have the same name.")),
    Rule(
        _begins_with_the_one_applied, "applied_first", _("The first stage, and it alone, is of kind applied.")
    ),
    Rule(_ends_with_the_one_hired, "hired_last", _("The last stage, and it alone, is of kind hired.")),
    Rule(
        _edges_lead_to_other_stages,
        "edge_to_nowhere",
        _("An edge leads to a stage that is not there, or to itself."),
    ),
    Rule(_edges_are_unique, "edge_twice", _("Two edges lead from one stage to the same other.")),
    Rule(_nothing_leaves_hired, "hired_is_final", _("No edge leaves the stage of kind hired.")),
    Rule(_all_are_reachable, "stage_unreachable", _("A stage cannot be reached from the first one.")),
    Rule(
        _the_moved_go_to_known_stages,
        "stage_unknown",
        _("There is no stage of this name to move applications to."),
        "move_to",
    ),
]


def check(plan: Plan) -> None:
    """Raises Invalid with the code of the first rule that is not met."""
    for rule in RULES:
        if not rule.is_met(plan):
            raise Invalid(rule.code, str(rule.sentence), field=rule.field)
