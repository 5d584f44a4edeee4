from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import FilterSet
from api.core.filters import IdFilter
from api.core.questions import QuestionField
from api.core.serializers import OwnedField, StrictSerializer
from api.core.viewsets import ReadViewSet
from ats.models import Posting, QuestionSet
from ats.postings.questions.saving import save_questions


class QuestionSetRow(serializers.ModelSerializer[QuestionSet]):
    questions = QuestionField(many=True, read_only=True)

    class Meta:
        model = QuestionSet
        fields = ("id", "posting", "version", "questions", "created_at")
        read_only_fields = fields


class NewQuestionSet(StrictSerializer):
    posting = OwnedField(queryset=Posting.objects.all())
    questions = QuestionField(many=True, max_length=50)  # type: ignore[call-arg]


class QuestionSetFilter(FilterSet):
    posting = IdFilter("posting")

    class Meta:
        model = QuestionSet
        fields: tuple[str, ...] = ()


class QuestionSets(ReadViewSet):
    """What postings ask of those who apply: every version. The newest of a posting is in force."""

    queryset = QuestionSet.objects.all()
    serializer_class = QuestionSetRow
    filterset_class = QuestionSetFilter
    resource = "question-sets"

    @extend_schema(request=NewQuestionSet, responses={201: QuestionSetRow})
    def create(self, request: Request) -> Response:
        asked = NewQuestionSet(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        saved = save_questions(by=self.membership, **asked.validated_data)
        return Response(QuestionSetRow(saved).data, status=201)
