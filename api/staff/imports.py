from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import FilterSet
from api.core.parsing import StrictJSONParser
from api.core.problems import MEDIA_TYPE as PROBLEM
from api.core.schema import Problem
from api.core.serializers import OwnedField, StrictSerializer
from api.core.uploads import ListParser
from api.core.viewsets import ReadViewSet
from ats.applications.import_jobs import cancel_import, correct_mapping, queue_import, receive_import
from ats.models import Campaign, ImportJob, ImportKind, Posting


class ImportRow(serializers.ModelSerializer[ImportJob]):
    """A file to be imported. `preview` shows what was found in it and which column is which field;
    `report` says what became of each row."""

    language = serializers.ChoiceField(
        choices=settings.LANGUAGES,
        allow_blank=True,
        read_only=True,
        help_text="Of the people in the file; empty if none was given.",
    )

    class Meta:
        model = ImportJob
        fields = (
            "id", "kind", "state", "campaign", "posting", "member", "name", "preview", "language", "source",
            "as_of", "close_missing", "is_dry_run", "done", "total", "report", "error", "created_at",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NewImport(StrictSerializer):
    """`campaign` is for postings, `posting` for applicants."""

    kind = serializers.ChoiceField(choices=ImportKind.choices)
    file = serializers.FileField(help_text="CSV, a workbook, JSON or Markdown; at most 50 MB.")
    campaign = OwnedField(queryset=Campaign.objects.all(), required=False)
    posting = OwnedField(queryset=Posting.objects.all(), required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    source = serializers.CharField(max_length=40, required=False)  # type: ignore[assignment]
    as_of = serializers.DateField(required=False, help_text="The day the file speaks of. Usually today.")
    close_missing = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        wanted = "campaign" if attrs["kind"] == ImportKind.POSTINGS else "posting"
        if wanted not in attrs:
            raise serializers.ValidationError({wanted: [self.error_messages["required"]]})
        return attrs


class Mapping(StrictSerializer):
    mapping = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=500),
        help_text='The column of each field; "" says that there is none.',
    )


class Run(StrictSerializer):
    dry_run = serializers.BooleanField(default=False, help_text="Report, but write nothing.")


class Imports(ReadViewSet):
    """Files that are imported by a worker: sent, shown, corrected, tried, run. Newest first."""

    queryset = ImportJob.objects.all()
    serializer_class = ImportRow
    filterset_class = FilterSet
    resource = "imports"
    parser_classes = (ListParser, StrictJSONParser)

    @extend_schema(
        request={"multipart/form-data": NewImport},
        responses={
            201: ImportRow,
            (413, PROBLEM): OpenApiResponse(Problem, "The file is larger than 50 MB."),
        },
    )
    def create(self, request: Request) -> Response:
        """Send a list of postings or of applicants. The answer shows the columns that were found."""
        asked = NewImport(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        file, kind = given.pop("file"), ImportKind(given.pop("kind"))
        campaign, posting = given.pop("campaign", None), given.pop("posting", None)
        job = receive_import(
            by=self.membership,
            kind=kind,
            into=campaign if kind == ImportKind.POSTINGS else posting,
            name=file.name,
            content=file.read(),
            **{"as_of": timezone.localdate(), **given},
        )
        return Response(ImportRow(job).data, status=201)

    @extend_schema(request=Mapping, responses=ImportRow)
    @action(detail=True, methods=["post"])
    def mapping(self, request: Request, pk: str) -> Response:
        """Correct which column is which field. It is remembered for files with the same columns."""
        asked = Mapping(data=request.data)
        asked.is_valid(raise_exception=True)
        job = correct_mapping(by=self.membership, job=self.get_object(), **asked.validated_data)
        return Response(ImportRow(job).data)

    @extend_schema(request=Run, responses={202: ImportRow})
    @action(detail=True, methods=["post"])
    def run(self, request: Request, pk: str) -> Response:
        """Try a draft (`dry_run`) or run it. A worker does it: read the import again for its progress."""
        asked = Run(data=request.data)
        asked.is_valid(raise_exception=True)
        job = queue_import(by=self.membership, job=self.get_object(), **asked.validated_data)
        return Response(ImportRow(job).data, status=202)

    @extend_schema(request=None, responses=ImportRow)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Stop an import. What was written stays."""
        return Response(ImportRow(cancel_import(by=self.membership, job=self.get_object())).data)
