"""Judging an application at a stage: drafted by its interviewer, filed once, summed up in numbers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Avg, Count, Exists, OuterRef
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ats.common.database_errors import is_violation
from ats.common.errors import Conflict, Forbidden, Invalid
from ats.events.record import application_event, record_events
from ats.models import (
    Application,
    Assignment,
    EventType,
    Interview,
    Membership,
    Panellist,
    Scorecard,
    ScorecardCriterion,
    ScorecardScore,
    Stage,
)
from ats.models.scorecard import ScorecardQuerySet
from ats.models.visibility import sees_all


class Score(TypedDict):
    criterion: ScorecardCriterion
    score: int


class ScorecardFields(TypedDict, total=False):
    """`recommendation` is a value of `Recommendation`."""

    recommendation: str
    comment: str


Scores = Collection[Score]


@transaction.atomic
def draft_scorecard(
    *,
    by: Membership,
    application: Application,
    stage: Stage | None = None,
    scores: Scores = (),
    **fields: Unpack[ScorecardFields],
) -> Scorecard:
    """Begin a scorecard of the member's, for the application's stage unless another of its pipeline is named.

    Each score has `criterion` and `score`. Raises Conflict("scorecard_exists"),
    Forbidden("not_on_the_panel"), Invalid("stage_of_other_pipeline"), and as `change_scorecard`.
    """
    stage = stage or application.stage
    if stage.pipeline_id != application.stage.pipeline_id:
        sentence = _("This stage is not one of the application's pipeline.")
        raise Invalid("stage_of_other_pipeline", sentence, field="stage")
    _require_reviewer(by, application, stage)
    card = _insert(by, application, stage, fields)
    _replace_scores(card, scores)
    return card


@transaction.atomic
def change_scorecard(
    *, by: Membership, scorecard: Scorecard, scores: Scores | None = None, **fields: Unpack[ScorecardFields]
) -> Scorecard:
    """Change a draft of the member's. Scores, when given, replace all earlier ones.

    Raises Forbidden("scorecard_not_yours"), Conflict("scorecard_filed"), Invalid("score_off_scale"),
    Invalid("criterion_of_other_stage"), Invalid("criterion_twice").
    """
    card = _lock_draft(by, scorecard)
    for name, value in fields.items():
        setattr(card, name, value)
    card.updated_at = Now()
    card.save(update_fields=[*fields, "updated_at"])
    if scores is not None:
        _replace_scores(card, scores)
    card.refresh_from_db(fields=["updated_at"])
    return card


@transaction.atomic
def remove_scorecard(*, by: Membership, scorecard: Scorecard) -> None:
    """Discard a draft of the member's; drafting again revives the row. Raises as `change_scorecard`."""
    card = _lock_draft(by, scorecard)
    card.scores.all().delete()
    card.recommendation, card.comment, card.discarded_at = "", "", Now()
    card.save(update_fields=["recommendation", "comment", "discarded_at"])


@transaction.atomic
def submit_scorecard(*, by: Membership, scorecard: Scorecard) -> Scorecard:
    """File a draft of the member's: from now on others read it and nobody changes it.

    Raises Invalid("scorecard_incomplete"), and as `change_scorecard`.
    """
    card = _lock_draft(by, scorecard)
    _require_complete(card)
    card.submitted_at = Now()
    card.save(update_fields=["submitted_at"])
    card.refresh_from_db(fields=["submitted_at"])
    data = {"scorecard": card.pk, "stage": card.stage_id}
    record_events([application_event(card.application, EventType.SCORECARD_FILED, by=by, **data)])
    return card


def summarise(rows: ScorecardQuerySet) -> list[dict[str, Any]]:
    """The filed ones among `rows` in numbers: per stage, how many, who recommends what, mean scores."""
    filed = rows.filed().order_by()
    votes = filed.values("stage", "recommendation").annotate(count=Count("pk"))
    scores = ScorecardScore.objects.filter(scorecard__in=filed).order_by("criterion__position", "criterion")
    means = scores.values("scorecard__stage", "criterion", "criterion__scale").annotate(
        mean=Avg("score"), count=Count("pk")
    )
    by_stage: dict[int, dict[str, Any]] = {}
    for row in votes:
        stage = by_stage.setdefault(row["stage"], {"filed": 0, "recommendations": {}, "criteria": []})
        stage["filed"] += row["count"]
        stage["recommendations"][row["recommendation"]] = row["count"]
    for mean in means:
        line = {"criterion": mean["criterion"], "scale": mean["criterion__scale"]}
        numbers = {"mean": round(mean["mean"], 2), "count": mean["count"]}
        by_stage[mean["scorecard__stage"]]["criteria"].append(line | numbers)
    return [{"stage": stage, **by_stage[stage]} for stage in sorted(by_stage)]


def _require_reviewer(by: Membership, application: Application, stage: Stage) -> None:
    """An interviewer judges whom they interview at the stage, or look after, unless they see everything."""
    seats = Panellist.objects.filter(slot=OuterRef("slot"), member=by)
    interviews = Interview.objects.live().filter(Exists(seats), application=application, stage=stage)
    looks_after = Assignment.objects.filter(application=application, member=by)
    if not (sees_all(by) or interviews.exists() or looks_after.exists()):
        sentence = _("You are on no panel of this application at this stage.")
        raise Forbidden("not_on_the_panel", sentence, field="application")


def _insert(by: Membership, application: Application, stage: Stage, fields: ScorecardFields) -> Scorecard:
    discarded = Scorecard.objects.for_org(by.organisation).filter(
        application=application, stage=stage, interviewer=by, discarded_at__isnull=False
    )
    if discarded.update(discarded_at=None, updated_at=Now(), **fields):
        return Scorecard.objects.get(application=application, stage=stage, interviewer=by)
    try:
        with transaction.atomic():
            card = Scorecard.objects.create(
                organisation=by.organisation,
                application=application,
                stage=stage,
                interviewer=by,
                **fields,
            )
    except IntegrityError as error:
        if not is_violation(error, "scorecard_once"):
            raise
        sentence = _("You have a scorecard on this application and stage already.")
        raise Conflict("scorecard_exists", sentence, field="application") from None
    card.refresh_from_db(fields=["created_at", "updated_at"])
    return card


def _lock_draft(by: Membership, scorecard: Scorecard) -> Scorecard:
    rows = Scorecard.objects.for_org(by.organisation).select_related("application")
    card = rows.select_for_update(of=("self",), no_key=True).get(pk=scorecard.pk)
    if card.interviewer_id != by.pk:
        raise Forbidden("scorecard_not_yours", _("This scorecard is somebody else's."))
    if card.submitted_at is not None:
        raise Conflict("scorecard_filed", _("A filed scorecard stays as it is."))
    return card


def _replace_scores(card: Scorecard, scores: Scores) -> None:
    for score in scores:
        _check(card, score["criterion"], score["score"])
    if len({score["criterion"].pk for score in scores}) < len(scores):
        raise Invalid("criterion_twice", _("A criterion is rated twice."), field="scores")
    card.scores.all().delete()
    ScorecardScore.objects.bulk_create(ScorecardScore(scorecard=card, **score) for score in scores)


def _check(card: Scorecard, criterion: ScorecardCriterion, score: int) -> None:
    if criterion.stage_id != card.stage_id:
        sentence = _("This criterion belongs to another stage.")
        raise Invalid("criterion_of_other_stage", sentence, field="scores")
    if not 1 <= score <= criterion.scale:
        sentence = _("Rate %(name)s from 1 to %(scale)s.")
        named = {"name": criterion.name, "scale": criterion.scale}
        raise Invalid("score_off_scale", sentence % named, field="scores")


def _require_complete(card: Scorecard) -> None:
    if not card.recommendation:
        sentence = _("Say what you recommend.")
        raise Invalid("scorecard_incomplete", sentence, field="recommendation")
    required = ScorecardCriterion.objects.filter(stage=card.stage_id, is_required=True)
    missing = required.exclude(pk__in=card.scores.values("criterion")).values_list("pk", flat=True)
    if missing:
        sentence = _("Rate every criterion that is required.")
        raise Invalid("scorecard_incomplete", sentence, field="scores", missing=sorted(missing))
