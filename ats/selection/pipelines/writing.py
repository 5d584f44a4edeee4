"""The rows of a pipeline, as a plan says. Names and positions may pass through doubles: see `Stage`."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ats.common.database_errors import is_violation
from ats.common.errors import Conflict
from ats.models import Organisation, Pipeline, ScorecardCriterion, Stage, Transition
from ats.selection.pipelines.documents import Plan, criteria


def add_pipeline(organisation: Organisation, plan: Plan) -> Pipeline:
    """The rows of a new pipeline. Raises Conflict("pipeline_exists")."""
    pipeline = Pipeline(organisation=organisation)
    save_head(pipeline, plan)
    write_stages(pipeline, plan, {})
    return pipeline


def save_head(pipeline: Pipeline, plan: Plan) -> None:
    """Write the row of the pipeline itself; of an organisation's pipelines one is the default."""
    pipeline.name, pipeline.name_zh = plan.name, plan.name_zh
    pipeline.is_default = plan.is_default
    if plan.is_default:
        others = Pipeline.objects.filter(organisation_id=pipeline.organisation_id, is_default=True)
        others.exclude(pk=pipeline.pk).update(is_default=False)
    try:
        with transaction.atomic():
            pipeline.save()
    except IntegrityError as error:
        if not is_violation(error, "pipeline_once"):
            raise
        sentence = _("There is a pipeline of this name already.")
        raise Conflict("pipeline_exists", sentence, field="name") from None


def write_stages(pipeline: Pipeline, plan: Plan, kept: dict[int, int]) -> dict[str, Stage]:
    """Write stages and edges; the stages by name. `kept` gives the ids that stay, with their index."""
    ids = {index: pk for pk, index in kept.items()}
    rows = [
        Stage(
            pk=ids.get(index),
            organisation_id=pipeline.organisation_id,
            pipeline=pipeline,
            position=index,
            **stage.columns,
        )
        for index, stage in enumerate(plan.stages)
    ]
    fields = [*plan.stages[0].columns, "position"]
    Stage.objects.bulk_update([row for row in rows if row.pk], fields)
    new = [row for row in rows if not row.pk]
    Stage.objects.bulk_create(new)
    _write_criteria(new)
    by_name = {row.name: row for row in rows}
    _write_edges(pipeline, plan, by_name)
    return by_name


def _write_criteria(stages: list[Stage]) -> None:
    """None of them has to be rated: a scorecard can be filed with a recommendation alone."""
    ScorecardCriterion.objects.bulk_create(
        ScorecardCriterion(
            organisation_id=stage.organisation_id, stage=stage, position=position, is_required=False, **names
        )
        for stage in stages
        for position, names in enumerate(criteria(stage.kind))
    )


def _write_edges(pipeline: Pipeline, plan: Plan, by_name: dict[str, Stage]) -> None:
    Transition.objects.filter(from_stage__pipeline=pipeline).delete()
    Transition.objects.bulk_create(
        Transition(
            organisation_id=pipeline.organisation_id,
            from_stage=by_name[stage.name],
            to_stage=by_name[edge.to],
            least_role=edge.least_role,
            requires=list(edge.requires),
        )
        for stage in plan.stages
        for edge in stage.leaving
    )
