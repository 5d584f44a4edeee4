from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.authentication import account_of
from api.core.files import FILES, resume_file
from api.core.idempotency import Idempotent
from api.core.parsing import StrictJSONParser
from api.core.problems import MEDIA_TYPE as PROBLEM
from api.core.schema import Problem
from api.core.serializers import StrictSerializer
from api.core.throttling import UploadRate
from api.core.uploads import AnyFormat, UploadParser
from ats.exchange import json_resume
from ats.models import Resume
from ats.people.resumes.acceptance import FIELDS, accept
from ats.people.resumes.outcomes import OUTCOMES
from ats.people.resumes.uploads import delete, receive


class ProposedBasics(serializers.Serializer[Any]):
    name = serializers.CharField(required=False)
    email = serializers.CharField(required=False)
    phone = serializers.CharField(required=False)


class ProposedEducation(serializers.Serializer[Any]):
    institution = serializers.CharField()
    area = serializers.CharField(required=False)
    studyType = serializers.CharField(required=False)  # noqa: N815
    startDate = serializers.CharField(required=False)  # noqa: N815
    endDate = serializers.CharField(required=False, help_text="Graduation: 2026-06 or 2026-06-30.")  # noqa: N815


class Proposal(serializers.Serializer[Any]):
    """What the file says, as JSON Resume. Nothing of it is used until it is accepted."""

    basics = ProposedBasics(required=False)
    education = ProposedEducation(many=True, required=False)


class MyResume(serializers.ModelSerializer[Resume]):
    """A résumé of the person who asks. `code` and `detail` say why a file was refused or is unreadable."""

    sha256 = serializers.SerializerMethodField(help_text="In hexadecimal digits.")
    detail = serializers.SerializerMethodField()
    proposed = Proposal()

    class Meta:
        model = Resume
        fields = (
            "id", "name", "kind", "size", "sha256", "state", "code", "detail", "proposed",
            "created_at", "settled_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_sha256(self, resume: Resume) -> str:
        return bytes(resume.sha256).hex()

    def get_detail(self, resume: Resume) -> str:
        return str(OUTCOMES[resume.code][1]) if resume.code else ""


class NewResume(StrictSerializer):
    file = serializers.FileField(allow_empty_file=True, help_text="At most 5 MB.")


class ResumeAcceptance(StrictSerializer):
    fields = serializers.MultipleChoiceField(choices=sorted(FIELDS), allow_empty=False)  # type: ignore[assignment]


class MyResumes(
    Idempotent,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Any],
):
    """One person's résumés, newest first. A file is judged by its content and read soon after."""

    queryset = Resume.objects.all()
    serializer_class = MyResume
    permission_classes = (IsAuthenticated,)
    parser_classes = (UploadParser,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_throttles(self) -> list[Any]:
        return [UploadRate()] if self.action == "create" else []

    def get_queryset(self) -> QuerySet[Resume]:
        return super().get_queryset().filter(account=self.request.user.pk)

    @extend_schema(
        request=NewResume,
        responses={
            201: MyResume,
            200: OpenApiResponse(MyResume, "You have sent this very file before."),
            (413, PROBLEM): OpenApiResponse(Problem, "The file is larger than 5 MB."),
            (415, PROBLEM): OpenApiResponse(Problem, "The body is no form of several parts."),
        },
    )
    def create(self, request: Request) -> Response:
        """Send a résumé: PDF, DOCX, ODT, RTF, DOC, JSON Resume or plain text."""
        asked = NewResume(data=request.data)
        asked.is_valid(raise_exception=True)
        file = asked.validated_data["file"]
        resume, is_new = receive(by=account_of(request), name=file.name, content=file)
        return Response(MyResume(resume).data, status=201 if is_new else 200)

    def perform_destroy(self, instance: Resume) -> None:
        delete(self.get_queryset().filter(pk=instance.pk))

    @extend_schema(request=ResumeAcceptance, responses={(200, "application/json"): json_resume.schema()})
    @action(detail=True, methods=["post"], parser_classes=(StrictJSONParser,))
    def accept(self, request: Request, pk: str) -> Response:
        """Take over proposed fields into the profile. The answer is the new profile."""
        asked = ResumeAcceptance(data=request.data)
        asked.is_valid(raise_exception=True)
        chosen = sorted(asked.validated_data["fields"])
        return Response(accept(by=account_of(request), resume=self.get_object(), fields=chosen))

    @extend_schema(responses=FILES)
    @action(detail=True, renderer_classes=(JSONRenderer, AnyFormat))
    def file(self, request: Request, pk: str) -> FileResponse:
        """Download the file, as it was sent."""
        return resume_file(self.get_object())
