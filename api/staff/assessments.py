from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.noting import RecordsAccess
from api.core.serializers import OwnedField, StrictModelSerializer, StrictSerializer
from api.core.viewsets import PlainViewSet, ReadViewSet
from ats.models import Application, Assessment, AssessmentResult, Stage
from ats.selection.assessments import file_result


class AssessmentRow(StrictModelSerializer):
    stage = OwnedField(queryset=Stage.objects.all())

    class Meta:
        model = Assessment
        fields = ("id", "stage", "name", "name_zh", "maximum", "threshold")
        fixed = ("stage", "maximum")
        extra_kwargs = {"maximum": {"min_value": 1}, "threshold": {"min_value": 0}}


class Assessments(PlainViewSet):
    """The written tests of the stages. A threshold informs: nobody is rejected by it."""

    queryset = Assessment.objects.all()
    serializer_class = AssessmentRow
    filterset_fields = ("stage",)
    resource = "assessments"


class ResultRow(serializers.ModelSerializer[AssessmentResult]):
    is_passed = serializers.BooleanField(
        allow_null=True, read_only=True, help_text="Null while the test has no threshold."
    )

    class Meta:
        model = AssessmentResult
        fields = (
            "id", "assessment", "application", "external_id", "score", "is_passed", "taken_at",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NewResult(StrictSerializer):
    assessment = OwnedField(queryset=Assessment.objects.all())
    application = OwnedField(queryset=Application.objects.all())
    external_id = serializers.CharField(
        max_length=200, help_text="The testing system's id. The same one again is a correction."
    )
    score = serializers.DecimalField(max_digits=7, decimal_places=2, min_value=0)
    taken_at = serializers.DateTimeField(required=False, allow_null=True)


class AssessmentResults(RecordsAccess, ReadViewSet):
    """What applications scored in written tests, newest first."""

    queryset = AssessmentResult.objects.judged()
    serializer_class = ResultRow
    filterset_fields = ("assessment", "application", "external_id")
    resource = "assessment-results"

    @extend_schema(request=NewResult, responses={200: ResultRow, 201: ResultRow})
    def create(self, request: Request) -> Response:
        """Report a result. It may be sent any number of times: 201 when it is new, 200 afterwards."""
        asked = NewResult(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        row, is_new = file_result(by=self.membership, **asked.validated_data)
        seen = self.get_queryset().get(pk=row.pk)
        return Response(ResultRow(seen).data, status=201 if is_new else 200)
