from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import PAGING, refuse_bad_parameters
from api.core.noting import RecordsAccess
from api.core.pagination import decode_cursor, page_response, page_size
from api.core.serializers import StrictSerializer
from api.core.viewsets import ReadViewSet
from api.staff.candidates import EducationRow
from ats.models import Candidate, DismissedPair, Merge
from ats.people.duplicates import Pair, distinguish, forget_distinction, merge, pairs_of, undo_merge
from ats.people.duplicates.pairs import LARGEST_ID, REASONS

KEYS = [models.BigIntegerField(), models.BigIntegerField()]


class Side(serializers.ModelSerializer[Candidate]):
    educations = EducationRow(many=True)
    applications = serializers.PrimaryKeyRelatedField(many=True, read_only=True)  # type: ignore[var-annotated]

    class Meta:
        model = Candidate
        fields = (
            "id", "name", "email", "phone", "language", "educations", "applications", "merged_into",
            "created_at", "updated_at",
        )  # fmt: skip


class DuplicateRow(serializers.Serializer[Any]):
    """Two records side by side and what they have in common."""

    reasons = serializers.ListField(child=serializers.ChoiceField(choices=[(r, r) for r in REASONS]))
    newer = Side()
    older = Side()


class Duplicates(RecordsAccess):
    """Pairs of candidates who seem to be one person, the newest record first."""

    queryset = Candidate.objects.all()
    serializer_class = DuplicateRow
    resource = "duplicates"

    def list(self, request: Request) -> Response:
        """Pairs of candidates who seem to be one person: by e-mail, phone, or name, school and graduation."""
        refuse_bad_parameters(request.query_params, PAGING)
        size, cursor = page_size(request.query_params), request.query_params.get("cursor")
        newer, older = decode_cursor(cursor, KEYS) if cursor else (LARGEST_ID, LARGEST_ID)
        pairs = pairs_of(self.membership.organisation, limit=size + 1, before=(newer, older))
        shown = pairs[:size]
        self.note_candidates([pk for pair in shown for pk in (pair.newer, pair.older)])
        last = [shown[-1].newer, shown[-1].older] if len(pairs) > size else None
        return page_response(request, _side_by_side(shown), last)


def _side_by_side(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    shown = {pk for pair in pairs for pk in (pair.newer, pair.older)}
    rows = Candidate.objects.prefetch_related("educations", "applications").in_bulk(shown)
    sides = {pk: Side(row).data for pk, row in rows.items()}
    return [
        {"reasons": pair.reasons, "newer": sides[pair.newer], "older": sides[pair.older]} for pair in pairs
    ]


class MergeRow(serializers.ModelSerializer[Merge]):
    class Meta:
        model = Merge
        fields = ("id", "actor", "kept", "merged", "members", "created_at", "undone_at")
        read_only_fields = fields


class NewMerge(StrictSerializer):
    kept = serializers.IntegerField(
        min_value=1, max_value=LARGEST_ID, help_text="The record that stands for the person from now on."
    )
    merged = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class Merges(ReadViewSet):
    """Findings that two candidates are one person, newest first."""

    queryset = Merge.objects.all()
    serializer_class = MergeRow
    resource = "merges"

    @extend_schema(request=NewMerge, responses={201: MergeRow})
    def create(self, request: Request) -> Response:
        """Merge two candidates into one person. Both records and all that is theirs are kept."""
        asked = NewMerge(data=request.data)
        asked.is_valid(raise_exception=True)
        made = merge(by=self.membership, **asked.validated_data)
        made.refresh_from_db()
        return Response(MergeRow(made).data, status=201)

    @extend_schema(request=None, responses=MergeRow)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take a merge back: every record stands for whom it stood before."""
        return Response(MergeRow(undo_merge(by=self.membership, finding=self.get_object())).data)


class DistinctionRow(serializers.ModelSerializer[DismissedPair]):
    class Meta:
        model = DismissedPair
        fields = ("id", "actor", "newer", "older", "created_at")
        read_only_fields = fields


class NewDistinction(StrictSerializer):
    one = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    other = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class Distinctions(mixins.DestroyModelMixin, ReadViewSet):
    """Findings that two candidates who look alike are two people, newest first."""

    queryset = DismissedPair.objects.all()
    serializer_class = DistinctionRow
    resource = "distinctions"

    @extend_schema(request=NewDistinction, responses={201: DistinctionRow})
    def create(self, request: Request) -> Response:
        """Say that two candidates are two people: as a pair they are not shown again."""
        asked = NewDistinction(data=request.data)
        asked.is_valid(raise_exception=True)
        made = distinguish(by=self.membership, **asked.validated_data)
        made.refresh_from_db()
        return Response(DistinctionRow(made).data, status=201)

    def perform_destroy(self, instance: DismissedPair) -> None:
        """Show the pair again, if it still looks alike."""
        forget_distinction(by=self.membership, finding=instance)
