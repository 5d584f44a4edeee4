from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api.core.serializers import StrictModelSerializer
from api.core.viewsets import ReadViewSet, TenantViewSet
from ats.models import Pipeline, Requirement, Role, Stage, Transition
from ats.selection.pipelines.documents import library, plan_of
from ats.selection.pipelines.saving import create_pipeline, delete_pipeline, replace_pipeline

LARGEST_ID = 2**63 - 1
MOST_STAGES = 30


class EdgeRow(StrictModelSerializer):
    to = serializers.CharField(source="to_stage.name", max_length=100, help_text="The other stage's name.")
    least_role = serializers.ChoiceField(choices=Role.choices, default=Role.RECRUITER.value)
    requires = serializers.ListField(
        child=serializers.ChoiceField(choices=Requirement.choices), default=list, max_length=10
    )

    class Meta:
        model = Transition
        fields = ("to", "least_role", "requires")

    def to_internal_value(self, data: Any) -> Any:
        edge = super().to_internal_value(data)
        return edge | {"to": edge.pop("to_stage")["name"]}


class StageRow(StrictModelSerializer):
    id = serializers.IntegerField(
        min_value=1,
        max_value=LARGEST_ID,
        required=False,
        help_text="Of the stage that it was until now; none for a new one.",
    )
    leaving = EdgeRow(many=True, required=False, help_text="The stages that one may go to from here.")

    class Meta:
        model = Stage
        fields = ("id", "kind", "name", "name_zh", "public_name", "public_name_zh", "leaving")


class PipelineRow(StrictModelSerializer):
    """A pipeline as one document: what is read can be changed and written back."""

    stages = StageRow(many=True, min_length=2, max_length=MOST_STAGES)  # type: ignore[call-arg]

    class Meta:
        model = Pipeline
        fields = ("id", "name", "name_zh", "is_default", "stages")
        read_only_fields = ("id",)


class PipelineChange(PipelineRow):
    id = serializers.IntegerField(required=False, write_only=True, help_text="May be sent, is not read.")
    move_to = serializers.DictField(
        child=serializers.CharField(max_length=100),
        required=False,
        help_text="For stages that go while people are in them: their id and the name of the successor.",
    )
    dry_run = serializers.BooleanField(default=False)

    class Meta(PipelineRow.Meta):
        fields = (*PipelineRow.Meta.fields, "move_to", "dry_run")  # type: ignore[assignment]
        read_only_fields = ()  # type: ignore[assignment]

    def validate_move_to(self, value: dict[str, str]) -> dict[str, str]:
        if all(pk.isascii() and pk.isdigit() and len(pk) < len(str(LARGEST_ID)) for pk in value):
            return value
        raise serializers.ValidationError("The keys are ids of stages.", "invalid")


class StrandedRow(serializers.Serializer[Any]):
    """People whom a change leaves behind: active or closed ones where a stage vanishes."""

    stage = serializers.IntegerField()
    name = serializers.CharField()
    people = serializers.IntegerField()
    why = serializers.ChoiceField(choices=["vanishes", "dead_end"])


class PipelineReport(serializers.Serializer[Any]):
    """`pipeline` as it is now: after a dry run, unchanged."""

    pipeline = PipelineRow()
    stranded = StrandedRow(many=True)


class TemplateRow(PipelineRow):
    code = serializers.CharField(help_text="Not part of the document that makes a pipeline.")

    class Meta(PipelineRow.Meta):
        fields = ("code", "name", "name_zh", "is_default", "stages")


class Pipelines(mixins.CreateModelMixin, mixins.DestroyModelMixin, ReadViewSet):
    """The stages that applications go through and the edges between them."""

    queryset = Pipeline.objects.prefetch_related("stages__leaving__to_stage")
    serializer_class = PipelineRow
    resource = "pipelines"
    http_method_names = ["get", "post", "put", "delete", "head", "options"]

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        made = create_pipeline(by=self.membership, plan=plan_of(serializer.validated_data))
        serializer.instance = self.get_queryset().get(pk=made.pk)

    @extend_schema(request=PipelineChange, responses=PipelineReport)
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Replace a pipeline by a document, and report who is stranded by it.

        A stage with people in it goes only if `move_to` names its successor; `dry_run` shows who
        would be left behind. The first stage and the hired one stay whatever they are called.
        """
        body = PipelineChange(data=request.data)
        body.is_valid(raise_exception=True)
        document = body.validated_data
        pipeline, stranded = replace_pipeline(
            by=self.membership,
            pipeline=self.get_object(),
            plan=plan_of(document),
            dry_run=document["dry_run"],
        )
        report = {
            "pipeline": self.get_queryset().get(pk=pipeline.pk),
            "stranded": [asdict(row) for row in stranded],
        }
        return Response(PipelineReport(report).data)

    def perform_destroy(self, instance: Pipeline) -> None:
        delete_pipeline(by=self.membership, pipeline=instance)


class PipelineTemplates(TenantViewSet):
    """The library: pipelines that ship with the product, to be copied and changed."""

    queryset: QuerySet[Any] = Pipeline.objects.none()
    serializer_class = TemplateRow
    pagination_class = None
    filter_backends = ()
    resource = "pipeline-templates"

    @extend_schema(responses=TemplateRow(many=True))
    def list(self, request: Request) -> Response:
        return Response(library())
