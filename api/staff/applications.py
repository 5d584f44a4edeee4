from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.files import FILES, resume_file
from api.core.filtering import FilterSet
from api.core.filters import IdFilter
from api.core.uploads import AnyFormat
from api.core.viewsets import TenantViewSet
from api.staff.applicants import Applicants, ImportReport, report
from api.staff.application_filter import ApplicationFilter
from ats.applications.importing import import_applicants
from ats.common.errors import NotFound
from ats.models import Application, ApplicationState, ApplicationVersion, Degree, Outcome, StageTally
from ats.privacy.access_log import record_access
from ats.triage.counts import MOST, capped_count, counts_of
from ats.triage.export import Names, csv_lines, in_batches
from ats.triage.orders import ORDERS, USUAL
from ats.triage.rows import load_rows


class Applicant(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    institution_name = serializers.CharField(allow_null=True, help_text="Of the latest education.")
    degree = serializers.ChoiceField(choices=Degree.choices, allow_null=True)


class AppliedPosting(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    title_zh = serializers.CharField()


class ApplicationRow(serializers.Serializer[Any]):
    """Describes what `ats.triage.rows` gives; the rows are sent as they are."""

    id = serializers.IntegerField()
    campaign = serializers.IntegerField()
    posting = AppliedPosting()
    candidate = Applicant()
    track = serializers.CharField(help_text="Its code.")
    graduation = serializers.CharField(
        allow_null=True, help_text="The month, such as 2027-06, or the day where it is known: 2027-06-30."
    )
    preferred_met = serializers.IntegerField(
        help_text="How many of the preferences the newest verdict found met."
    )
    stage = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ApplicationState.choices)
    preference = serializers.IntegerField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]
    created_at = serializers.DateTimeField()
    stage_entered_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    tags = serializers.ListField(child=serializers.IntegerField())
    score = serializers.FloatField(allow_null=True, help_text="The best written test, in percent.")
    verdict = serializers.ChoiceField(choices=Outcome.choices, allow_null=True, help_text="The newest.")
    member = serializers.IntegerField(allow_null=True, help_text="The recruiter who looks after it.")


class VersionRow(serializers.ModelSerializer[ApplicationVersion]):
    """What an application said until `created_at`."""

    class Meta:
        model = ApplicationVersion
        fields = ("created_at", "preference", "resume", "question_set", "answers")
        read_only_fields = fields


class ApplicationWhole(ApplicationRow):
    """Also how the person came, and the answers to the questions of the version `question_set`."""

    referral = serializers.IntegerField(allow_null=True)
    resume = serializers.IntegerField(allow_null=True, help_text="A file: see `resume/`.")
    question_set = serializers.IntegerField(allow_null=True)
    answers = serializers.JSONField()
    versions = VersionRow(many=True, help_text="What it said before each correction, the newest first.")


class StageCount(serializers.Serializer[Any]):
    stage = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ApplicationState.choices)
    count = serializers.IntegerField()


class StageCounts(serializers.Serializer[Any]):
    results = StageCount(many=True)


class CappedCount(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text=f"{MOST + 1} says: more than {MOST}.")


class CountsFilter(FilterSet):
    """The numbers are kept by these."""

    campaign = IdFilter()
    track = filters.CharFilter("track__code", max_length=40)

    class Meta:
        model = StageTally
        fields: tuple[str, ...] = ()


class Applications(TenantViewSet):
    """Applications with the person and the posting in each row, newest first."""

    queryset = Application.objects.all()
    serializer_class = ApplicationRow
    filterset_class = ApplicationFilter
    resource = "applications"

    @property
    def ordering(self) -> tuple[str, ...]:  # type: ignore[override]
        return ORDERS.get(self.request.query_params.get("order", USUAL), ORDERS[USUAL])

    def list(self, request: Request) -> Response:
        """Applications with the person and the posting in each row.

        Ids first, from an index alone where one has all that is asked for; then their rows.
        """
        chosen = self.filter_queryset(self.get_queryset())
        keys = (name.lstrip("-") for name in self.ordering)
        page = self.paginate_queryset(chosen.values(*keys))
        assert page is not None
        return self.get_paginated_response(self._shown([row["id"] for row in page]))

    @extend_schema(responses=ApplicationWhole)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One application as the list shows it, and what the candidate answered."""
        row = self.get_object()
        more = {
            "referral": row.referral_id,
            "resume": row.resume_id,
            "question_set": row.question_set_id,
            "answers": row.answers,
            "versions": VersionRow(row.versions.all(), many=True).data,
        }
        return Response(self._shown([row.pk])[0] | more)

    @extend_schema(responses=FILES)
    @action(detail=True, renderer_classes=(JSONRenderer, AnyFormat))
    def resume(self, request: Request, pk: str) -> FileResponse:
        """Download the résumé that the candidate sent along."""
        row = self.get_object()
        if row.resume is None:
            raise NotFound("resume_not_sent", _("There is no résumé with this application."))
        record_access(by=self.membership, resource="resumes", candidates=[row.candidate_id])
        return resume_file(row.resume)

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    @action(detail=False, pagination_class=None, renderer_classes=(JSONRenderer, AnyFormat))
    def export(self, request: Request) -> StreamingHttpResponse:
        """Download all of the list for a spreadsheet: filtered and ordered as it is, in one's language."""
        chosen = self.filter_queryset(self.get_queryset()).order_by(*self.ordering)
        ids = list(chosen.values_list("pk", flat=True))
        names = Names.of(self.membership.organisation, get_language() or "en")
        lines = csv_lines(map(self._shown, in_batches(ids)), names)
        headers = {"Content-Disposition": 'attachment; filename="applications.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    def _shown(self, ids: Sequence[int]) -> Sequence[dict[str, Any]]:
        """The rows, with a note of whose data was shown to whom."""
        rows = load_rows(ids)
        people = [row["candidate"]["id"] for row in rows]
        record_access(by=self.membership, resource=self.resource, candidates=people)
        return rows

    @extend_schema(request=Applicants, responses={201: ImportReport})
    @action(detail=False, methods=["post"], url_path="import")
    def import_people(self, request: Request) -> Response:
        """Let people apply who did so elsewhere: at a fair, by post. Each row is reported.

        They are not judged by the rules and not written to; rules of assignment deal them out.
        """
        body = Applicants(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        rows = import_applicants(by=self.membership, **body.validated_data)
        return Response(report(rows), status=201)

    @extend_schema(responses=StageCounts)
    @action(detail=False, filterset_class=CountsFilter, pagination_class=None)
    def counts(self, request: Request) -> Response:
        """How many applications are at each stage, by state: kept, not counted."""
        kept = StageTally.objects.for_org(self.membership.organisation)
        return Response({"results": counts_of(self.filter_queryset(kept))})

    @extend_schema(responses=CappedCount)
    @action(detail=False, pagination_class=None)
    def count(self, request: Request) -> Response:
        """How many applications the list has for these filters, up to a cap."""
        return Response({"count": capped_count(self.filter_queryset(self.get_queryset()))})
