from __future__ import annotations

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api.core.filtering import FilterSet
from api.core.filters import ChoiceFilter, FlagFilter, IdFilter
from api.core.serializers import OwnedField, StrictModelSerializer, StrictSerializer
from api.core.viewsets import PlainViewSet
from ats.models import (
    Campaign,
    Department,
    Location,
    Pipeline,
    Posting,
    PostingKind,
    PostingState,
    Track,
)
from ats.postings.lifecycle import create_posting, set_posting_state, update_posting


class PostingRow(StrictModelSerializer):
    campaign = OwnedField(queryset=Campaign.objects.all())
    track = OwnedField(queryset=Track.objects.all())
    department = OwnedField(queryset=Department.objects.all(), allow_null=True, required=False)
    pipeline = OwnedField(queryset=Pipeline.objects.all(), required=False)
    locations = OwnedField(queryset=Location.objects.all(), many=True, required=False)

    class Meta:
        model = Posting
        fields = (
            "id", "campaign", "track", "department", "pipeline", "locations", "title", "title_zh",
            "employer", "kind", "programme", "description", "requirements", "pay", "graduation",
            "url", "is_ai", "head_count", "filled", "state", "feed", "external_id", "published_at",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = (
            "filled", "state", "feed", "external_id", "created_at", "updated_at",
        )  # fmt: skip
        extra_kwargs = {"head_count": {"min_value": 1}}


class StateChange(StrictSerializer):
    state = serializers.ChoiceField(choices=PostingState.choices)


class PostingFilter(FilterSet):
    campaign = IdFilter("campaign")
    track = filters.CharFilter("track__code")
    state = ChoiceFilter(choices=PostingState.choices)
    kind = ChoiceFilter(choices=PostingKind.choices)
    is_ai = FlagFilter()
    feed = filters.CharFilter()

    class Meta:
        model = Posting
        fields: tuple[str, ...] = ()


class Postings(PlainViewSet):
    """The organisation's postings, drafts included, newest first."""

    queryset = Posting.objects.prefetch_related("locations")
    serializer_class = PostingRow
    filterset_class = PostingFilter
    resource = "postings"
    http_method_names = ["get", "post", "patch", "head", "options"]

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        fields = {"locations": [], **serializer.validated_data}
        serializer.instance = create_posting(by=self.membership, **fields)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        assert isinstance(serializer.instance, Posting)
        changes = serializer.validated_data
        serializer.instance = update_posting(by=self.membership, posting=serializer.instance, **changes)

    @extend_schema(request=StateChange, responses=PostingRow)
    @action(detail=True, methods=["post"])
    def state(self, request: Request, pk: str) -> Response:
        """Open, pause or close a posting."""
        asked = StateChange(data=request.data)
        asked.is_valid(raise_exception=True)
        state = PostingState(asked.validated_data["state"])
        posting = set_posting_state(by=self.membership, posting=self.get_object(), state=state)
        return Response(self.get_serializer(posting).data)
