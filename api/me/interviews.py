from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.authentication import account_of
from api.core.idempotency import Idempotent
from api.core.serializers import StrictSerializer
from api.staff.interviews import OfferedSlot, SlotChoice
from ats.models import Interview, InterviewSlot
from ats.models.candidate_scope import visible_to_candidate
from ats.models.interview import COMING
from ats.selection.interviews.steps import (
    ask_another_time,
    choose_slot,
    confirm_interview,
    decline_interview,
    offered_slots,
)


class MyInterview(serializers.ModelSerializer[Interview]):
    """An interview that you are invited to. It has no time until you have chosen a slot."""

    organisation = serializers.SlugRelatedField("slug", read_only=True)  # type: ignore[var-annotated]
    posting_title = serializers.CharField(source="application.posting.title", read_only=True)
    posting_title_zh = serializers.CharField(source="application.posting.title_zh", read_only=True)
    starts_at = serializers.DateTimeField(
        source="during.lower", default=None, allow_null=True, read_only=True
    )
    ends_at = serializers.DateTimeField(source="during.upper", default=None, allow_null=True, read_only=True)
    place = serializers.CharField(source="slot.place", default="", read_only=True)
    room = serializers.CharField(source="slot.room.name", default="", read_only=True)

    class Meta:
        model = Interview
        fields = (
            "id", "organisation", "application", "posting_title", "posting_title_zh", "starts_at",
            "ends_at", "time_zone", "place", "room", "state", "wish", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class AnotherTime(StrictSerializer):
    wish = serializers.CharField(max_length=500, help_text="When you could come.")


class MyInterviews(
    Idempotent, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]
):
    """Your interviews as a candidate, at every organisation, newest first."""

    queryset = visible_to_candidate(
        Interview.objects.select_related("organisation", "application__posting", "slot__room")
    )
    serializer_class = MyInterview
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Interview]:
        rows: Any = super().get_queryset()
        return rows.standing().filter(application__candidate__account=self.request.user.pk)  # type: ignore[no-any-return]

    @extend_schema(responses=OfferedSlot(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def slots(self, request: Request, pk: str) -> Response:
        """The free slots that you may choose from, earliest first; also after you have chosen."""
        interview = self.get_object()
        rows = offered_slots(interview) if interview.state in COMING else InterviewSlot.objects.none()
        return Response(OfferedSlot(rows[:200], many=True).data)

    @extend_schema(request=SlotChoice, responses=MyInterview)
    @action(detail=True, methods=["post"])
    def slot(self, request: Request, pk: str) -> Response:
        """Choose a slot, or another one. Of two who choose it, the second is refused: `slot_taken`."""
        asked = SlotChoice(data=request.data)
        asked.is_valid(raise_exception=True)
        by = account_of(request)
        row = choose_slot(by=by, interview=self.get_object(), **asked.validated_data)
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses=MyInterview)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Promise to come."""
        row = confirm_interview(by=account_of(request), interview=self.get_object())
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses=MyInterview)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Say that you will not come. The slot is free for others, and the panel is notified."""
        row = decline_interview(by=account_of(request), interview=self.get_object())
        return Response(self.get_serializer(row).data)

    @extend_schema(request=AnotherTime, responses=MyInterview)
    @action(detail=True, methods=["post"], url_path="another-time")
    def another_time(self, request: Request, pk: str) -> Response:
        """Ask for another time, where no free slot suits. The interview stays as it is meanwhile."""
        asked = AnotherTime(data=request.data)
        asked.is_valid(raise_exception=True)
        row = ask_another_time(by=account_of(request), interview=self.get_object(), **asked.validated_data)
        return Response(self.get_serializer(row).data)
