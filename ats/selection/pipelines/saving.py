"""Making, changing and deleting pipelines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from ats.applications.moves.execution import execute_remap
from ats.common.errors import Conflict, Invalid
from ats.events.record import new_event, record_events
from ats.models import (
    Application,
    EventType,
    Membership,
    Move,
    MoveKind,
    Pipeline,
    Stage,
    StageKind,
    Transition,
)
from ats.selection.pipelines.checks import check
from ats.selection.pipelines.documents import Plan
from ats.selection.pipelines.impact import Impact, impact_of
from ats.selection.pipelines.writing import add_pipeline, save_head, write_stages

# Their rows stay whatever the plan calls them: applications begin in the one and end, hired, in the other.
FIXED = (StageKind.APPLIED, StageKind.HIRED)


@transaction.atomic
def create_pipeline(*, by: Membership, plan: Plan) -> Pipeline:
    """A new pipeline. Raises Invalid for a plan that breaks a rule, Conflict("pipeline_exists")."""
    check(plan)
    if any(stage.id for stage in plan.stages):
        raise Invalid("stage_not_found", _("A new pipeline has no stages yet."), field="stages")
    pipeline = add_pipeline(by.organisation, plan)
    _record(EventType.PIPELINE_CREATED, pipeline, by, stages=[stage.name for stage in plan.stages])
    return pipeline


@transaction.atomic
def replace_pipeline(
    *, by: Membership, pipeline: Pipeline, plan: Plan, dry_run: bool = False
) -> tuple[Pipeline, list[Impact]]:
    """Make a pipeline what a plan says. Gives the pipeline, and the applications that are stranded.

    A stage with applications in it is removed only if `move_to` names its successor: otherwise
    Conflict("stage_in_use", stranded=[…]). A stage that scorecards or interviews refer to is never
    removed: Conflict("stage_in_use"). Applications in a dead end are only reported. With `dry_run`
    nothing is kept and nothing of this is refused. Raises Invalid as `create_pipeline`,
    Conflict("pipeline_exists"), Conflict("default_needed").
    """
    check(plan)
    locked = Pipeline.objects.select_for_update().get(pk=pipeline.pk)
    if locked.is_default and not plan.is_default:
        sentence = _("Make another pipeline the default instead.")
        raise Conflict("default_needed", sentence, field="is_default")
    kept = _matched(locked, plan)
    going = list(locked.stages.exclude(pk__in=kept).select_for_update().order_by("pk"))
    stranded = impact_of(plan, {pk: plan.stages[index].name for pk, index in kept.items()}, going)
    if not dry_run:
        _refuse_unmapped(stranded)
        _replace(by, locked, plan, kept, going)
    return locked, stranded


@transaction.atomic
def delete_pipeline(*, by: Membership, pipeline: Pipeline) -> None:
    """Delete a pipeline that no posting and no application uses. Raises Conflict("in_use")."""
    locked = Pipeline.objects.select_for_update().get(pk=pipeline.pk)
    if locked.is_default or locked.postings.exists() or _application_ids(locked.stages.all()):
        raise Conflict("in_use", _("This pipeline is the default, or something still uses it."))
    _record(EventType.PIPELINE_DELETED, locked, by, name=locked.name)
    _delete(Pipeline.objects.filter(pk=locked.pk))


def _matched(pipeline: Pipeline, plan: Plan) -> dict[int, int]:
    """For each stage that stays, its id and its index in the plan."""
    fixed = dict(pipeline.stages.filter(kind__in=FIXED).values_list("kind", "pk"))
    known = set(pipeline.stages.exclude(kind__in=FIXED).values_list("pk", flat=True))
    ids = [fixed.get(stage.kind, stage.id) for stage in plan.stages]
    given = [pk for pk in ids if pk is not None]
    if len(set(given)) < len(given) or not set(given) <= known | set(fixed.values()):
        sentence = _("A stage is named twice, or belongs to another pipeline.")
        raise Invalid("stage_not_found", sentence, field="stages")
    return {pk: index for index, pk in enumerate(ids) if pk is not None}


def _refuse_unmapped(stranded: list[Impact]) -> None:
    if unmapped := [asdict(row) for row in stranded if row.why == "vanishes"]:
        sentence = _("There are applications in a stage that would vanish: say where they go.")
        raise Conflict("stage_in_use", sentence, field="move_to", stranded=unmapped)


def _replace(
    by: Membership, pipeline: Pipeline, plan: Plan, kept: dict[int, int], going: list[Stage]
) -> None:
    before = _shape(pipeline)
    save_head(pipeline, plan)
    by_name = write_stages(pipeline, plan, kept)
    _move_applications(by, going, {pk: by_name[name].pk for pk, name in plan.move_to.items()})
    removed = [{"id": stage.pk, "name": stage.name} for stage in going]
    _delete(Stage.objects.filter(pk__in=[stage.pk for stage in going]))
    if before != _shape(pipeline):
        _record(EventType.PIPELINE_UPDATED, pipeline, by, removed=removed)


def _delete(rows: QuerySet[Pipeline] | QuerySet[Stage]) -> None:
    """Scorecards and interviews of a stage protect it."""
    try:
        rows.delete()
    except ProtectedError:
        sentence = _("Scorecards or interviews refer to a stage that would vanish.")
        raise Conflict("stage_in_use", sentence, field="stages") from None


def _move_applications(by: Membership, going: list[Stage], successors: dict[int, int]) -> None:
    ids = _application_ids(going)
    if ids:
        batch = Move.objects.create(
            organisation=by.organisation, kind=MoveKind.REMAP, actor=by, asked=len(ids)
        )
        execute_remap(batch, ids, successors)


def _application_ids(stages: Any) -> list[int]:
    return list(Application.objects.filter(stage__in=stages).order_by("pk").values_list("pk", flat=True))


def _shape(pipeline: Pipeline) -> list[Any]:
    """All that a document says, to see whether anything differs."""
    head = list(Pipeline.objects.filter(pk=pipeline.pk).values())
    stages = list(pipeline.stages.order_by("position").values())
    edges = Transition.objects.filter(from_stage__pipeline=pipeline).order_by("from_stage", "to_stage")
    return [head, stages, list(edges.values_list("from_stage", "to_stage", "least_role", "requires"))]


def _record(type: EventType, pipeline: Pipeline, by: Membership, **data: Any) -> None:
    whole = {"pipeline": pipeline.pk, **data}
    record_events([new_event(type, organisation=pipeline.organisation, by=by, data=whole)])
