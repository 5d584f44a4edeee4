from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api.core.batches import Id
from api.core.filtering import refuse_bad_parameters
from api.core.noting import RecordsAccess
from api.core.serializers import OwnedField, StrictModelSerializer, StrictSerializer
from api.core.viewsets import PlainViewSet
from ats.models import Application, Scorecard, ScorecardCriterion, ScorecardScore, Stage
from ats.models.visibility import visible_rows
from ats.selection.scorecards import (
    change_scorecard,
    draft_scorecard,
    remove_scorecard,
    submit_scorecard,
    summarise,
)


class CriterionRow(StrictModelSerializer):
    stage = OwnedField(queryset=Stage.objects.all())

    class Meta:
        model = ScorecardCriterion
        fields = ("id", "stage", "position", "name", "name_zh", "scale", "is_required")
        fixed = ("stage", "scale")
        extra_kwargs = {"scale": {"min_value": 2, "max_value": 100}}


class ScorecardCriteria(PlainViewSet):
    """The lines that the scorecards of a stage are made of. One that was rated cannot be deleted."""

    queryset = ScorecardCriterion.objects.all()
    serializer_class = CriterionRow
    filterset_fields = ("stage",)
    resource = "scorecard-criteria"


class ScoreRow(StrictModelSerializer):
    criterion = OwnedField(queryset=ScorecardCriterion.objects.all())

    class Meta:
        model = ScorecardScore
        fields = ("criterion", "score")


class ScorecardRow(StrictModelSerializer):
    application = OwnedField(queryset=Application.objects.select_related("stage"))
    stage = OwnedField(
        queryset=Stage.objects.all(), required=False, help_text="Where the application is, unless given."
    )
    interviewer = serializers.IntegerField(source="interviewer_id", read_only=True, allow_null=True)
    scores = ScoreRow(many=True, required=False)

    class Meta:
        model = Scorecard
        fields = (
            "id", "application", "stage", "interviewer", "recommendation", "comment", "scores",
            "submitted_at", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("submitted_at", "created_at", "updated_at")
        fixed = ("application", "stage")


class SummaryQuery(StrictSerializer):
    application = Id()


class MeanScore(serializers.Serializer[Any]):
    criterion = serializers.IntegerField()
    scale = serializers.IntegerField()
    mean = serializers.FloatField()
    count = serializers.IntegerField()


class StageSummary(serializers.Serializer[Any]):
    stage = serializers.IntegerField()
    filed = serializers.IntegerField()
    recommendations = serializers.DictField(child=serializers.IntegerField())
    criteria = MeanScore(many=True)


class Scorecards(RecordsAccess, PlainViewSet):
    """Judgements of applications: yours, and the filed ones of others that you may read already.

    Who has a scorecard to file reads those of others on that application and stage only afterwards.
    """

    queryset = Scorecard.objects.prefetch_related("scores")
    serializer_class = ScorecardRow
    filterset_fields = ("application", "stage")
    resource = "scorecards"
    may_answer: tuple[str, ...] = ()

    def get_queryset(self) -> QuerySet[Scorecard]:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        return rows.visible_to(self.membership)  # type: ignore[attr-defined, no-any-return]

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = draft_scorecard(by=self.membership, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        assert isinstance(serializer.instance, Scorecard)
        changes = serializer.validated_data
        serializer.instance = change_scorecard(by=self.membership, scorecard=serializer.instance, **changes)

    def perform_destroy(self, instance: Scorecard) -> None:
        remove_scorecard(by=self.membership, scorecard=instance)

    @extend_schema(request=None, responses=ScorecardRow)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """File your draft. From then on it stays as it is."""
        card = submit_scorecard(by=self.membership, scorecard=self.get_object())
        return Response(self.get_serializer(card).data)

    @extend_schema(
        parameters=[OpenApiParameter("application", int, required=True)],
        responses=StageSummary(many=True),
        filters=False,
    )
    @action(detail=False, pagination_class=None, may_answer=("404",))  # for an application not there
    def summary(self, request: Request) -> Response:
        """The scorecards that one may read of an application, in numbers."""
        refuse_bad_parameters(request.query_params, {"application"})
        asked = SummaryQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = visible_rows(Application.objects.for_org(self.membership.organisation), self.membership)
        application = get_object_or_404(rows, pk=asked.validated_data["application"])
        self.note_applications([application.pk])
        visible = Scorecard.objects.visible_to(self.membership).filter(application=application)
        return Response(StageSummary(summarise(visible), many=True).data)
