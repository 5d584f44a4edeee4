from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.batches import Id
from api.core.filtering import FilterSet
from api.core.filters import ChoiceFilter, IdFilter, InstantFilter
from api.core.noting import RecordsAccess
from api.core.serializers import OwnedField, StrictSerializer
from api.core.viewsets import ReadViewSet
from ats.models import Interview, InterviewSlot, InterviewState, Stage
from ats.models.interview import ENDED
from ats.selection.interviews.scheduling import Booked, arrange
from ats.selection.interviews.steps import (
    cancel_interview,
    end_interview,
    offered_slots,
    reschedule_interview,
)

MOST_AT_ONCE = 1000


class InterviewRow(serializers.ModelSerializer[Interview]):
    starts_at = serializers.DateTimeField(
        source="during.lower", default=None, allow_null=True, read_only=True
    )
    ends_at = serializers.DateTimeField(source="during.upper", default=None, allow_null=True, read_only=True)
    candidate = serializers.IntegerField(source="application.candidate_id", read_only=True)

    class Meta:
        model = Interview
        fields = (
            "id", "application", "candidate", "stage", "slot", "starts_at", "ends_at", "time_zone",
            "state", "wish", "uid", "sequence", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class OfferedSlot(serializers.ModelSerializer[InterviewSlot]):
    starts_at = serializers.DateTimeField(source="during.lower", read_only=True)
    ends_at = serializers.DateTimeField(source="during.upper", read_only=True)

    class Meta:
        model = InterviewSlot
        fields = ("id", "starts_at", "ends_at", "time_zone", "place")
        read_only_fields = fields


class SlotChoice(StrictSerializer):
    slot = Id()


class NewInterviews(StrictSerializer):
    applications = serializers.ListField(child=Id(), min_length=1, max_length=MOST_AT_ONCE)
    stage = OwnedField(queryset=Stage.objects.all())
    day = serializers.DateField(
        required=False, help_text="A local day, whose free slots are given out. Without it they choose."
    )
    dry_run = serializers.BooleanField(default=False)


class Outcome(StrictSerializer):
    outcome = serializers.ChoiceField(choices=[(state.value, state.value) for state in ENDED])


class BookingItem(serializers.Serializer[Any]):
    application = serializers.IntegerField()
    result = serializers.ChoiceField(choices=[(r.value, r.value) for r in Booked])
    slot = serializers.IntegerField(allow_null=True)


class BookingReport(serializers.Serializer[Any]):
    """What became of each application that was named."""

    asked = serializers.IntegerField()
    done = serializers.IntegerField()
    items = BookingItem(many=True)


class InterviewFilter(FilterSet):
    application = IdFilter("application")
    stage = IdFilter("stage")
    state = ChoiceFilter(choices=InterviewState.choices)
    starts_after = InstantFilter("during__startswith", "gte")
    starts_before = InstantFilter("during__startswith", "lt")

    class Meta:
        model = Interview
        fields: tuple[str, ...] = ()


class Interviews(RecordsAccess, ReadViewSet):
    """Interviews, newest first; an interviewer sees theirs."""

    queryset = Interview.objects.select_related("application")
    serializer_class = InterviewRow
    filterset_class = InterviewFilter
    resource = "interviews"

    def get_queryset(self) -> QuerySet[Interview]:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        return rows.visible_to(self.membership)  # type: ignore[attr-defined, no-any-return]

    @extend_schema(request=NewInterviews, responses={201: BookingReport})
    def create(self, request: Request) -> Response:
        """Put applicants into the free slots of a day, or let them choose one. Each is reported."""
        asked = NewInterviews(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        items = arrange(by=self.membership, **asked.validated_data)
        done = sum(item.result is Booked.DONE for item in items)
        report = {"asked": len(items), "done": done, "items": items}
        return Response(BookingReport(report).data, status=201)

    @extend_schema(responses=OfferedSlot(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def slots(self, request: Request, pk: str) -> Response:
        """The free slots that the interview could take, earliest first, at most 200."""
        return Response(OfferedSlot(offered_slots(self.get_object())[:200], many=True).data)

    @extend_schema(request=SlotChoice, responses=InterviewRow)
    @action(detail=True, methods=["post"])
    def slot(self, request: Request, pk: str) -> Response:
        """Put the interview into another slot. The candidate and both panels are notified."""
        asked = SlotChoice(data=request.data)
        asked.is_valid(raise_exception=True)
        row = reschedule_interview(by=self.membership, interview=self.get_object(), **asked.validated_data)
        return Response(InterviewRow(row).data)

    @extend_schema(request=None, responses=InterviewRow)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Call the interview off. Its slot is free again."""
        return Response(InterviewRow(cancel_interview(by=self.membership, interview=self.get_object())).data)

    @extend_schema(request=Outcome, responses=InterviewRow)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Put down whether the candidate came, once the interview has begun. It can be corrected."""
        asked = Outcome(data=request.data)
        asked.is_valid(raise_exception=True)
        outcome = InterviewState(asked.validated_data["outcome"])
        row = end_interview(by=self.membership, interview=self.get_object(), outcome=outcome)
        return Response(InterviewRow(row).data)
