from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.core.filtering import FilterSet
from api.core.filters import ChoiceFilter, IdFilter
from api.core.noting import RecordsAccess
from api.core.verdicts import VerdictDocument
from api.core.viewsets import ReadViewSet
from ats.models import Outcome, Verdict


class VerdictRow(serializers.ModelSerializer[Verdict]):
    """`document` is null when the person was erased since: only the outcome is kept."""

    document = serializers.SerializerMethodField()

    class Meta:
        model = Verdict
        fields = ("id", "application", "outcome", "rule_sets", "document", "created_at")

    @extend_schema_field(VerdictDocument(allow_null=True))
    def get_document(self, row: Verdict) -> Any:
        return VerdictDocument(row.document).data if row.document else None


class VerdictFilter(FilterSet):
    application = IdFilter("application")
    posting = IdFilter("application__posting")
    outcome = ChoiceFilter(choices=Outcome.choices)

    class Meta:
        model = Verdict
        fields: tuple[str, ...] = ()


class Verdicts(RecordsAccess, ReadViewSet):
    """What applications were judged by, and with what result. The newest one of an application stands."""

    queryset = Verdict.objects.all()
    serializer_class = VerdictRow
    filterset_class = VerdictFilter
    resource = "verdicts"
