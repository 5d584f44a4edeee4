from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from drf_spectacular.utils import extend_schema
from psycopg.types.range import TimestamptzRange
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import FilterSet
from api.core.filters import FlagFilter, IdFilter, InstantFilter
from api.core.serializers import OwnedField, StrictModelSerializer, StrictSerializer
from api.core.viewsets import PlainViewSet, ReadViewSet
from ats.models import Interview, InterviewSlot, Location, Membership, Room, Stage, Track
from ats.models.campaign import validate_zone
from ats.selection.interviews.panels import change_panel
from ats.selection.interviews.slots import open_slots, remove_slot


class RoomRow(StrictModelSerializer):
    location = OwnedField(queryset=Location.objects.all(), allow_null=True, required=False)

    class Meta:
        model = Room
        fields = ("id", "name", "location")


class Rooms(PlainViewSet):
    """Where interviews happen."""

    queryset = Room.objects.all()
    serializer_class = RoomRow
    resource = "rooms"


class SlotRow(serializers.ModelSerializer[InterviewSlot]):
    starts_at = serializers.DateTimeField(source="during.lower", read_only=True)
    ends_at = serializers.DateTimeField(source="during.upper", read_only=True)
    is_taken = serializers.BooleanField(read_only=True)

    class Meta:
        model = InterviewSlot
        fields = (
            "id", "stage", "track", "room", "place", "starts_at", "ends_at", "time_zone", "members",
            "is_taken",
        )  # fmt: skip
        read_only_fields = fields


class NewSlots(StrictSerializer):
    """Slots one after the other, for one panel."""

    stage = OwnedField(queryset=Stage.objects.all())
    track = OwnedField(queryset=Track.objects.all(), allow_null=True, default=None)
    room = OwnedField(queryset=Room.objects.all(), allow_null=True, default=None)
    place = serializers.CharField(max_length=500, allow_blank=True, default="")
    members = OwnedField(queryset=Membership.objects.current(), many=True, allow_empty=False)
    time_zone = serializers.CharField(default="Asia/Shanghai", max_length=50, validators=[validate_zone])
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=5, max_value=480)
    pause = serializers.IntegerField(min_value=0, max_value=480, default=0, help_text="Minutes between.")
    count = serializers.IntegerField(min_value=1, max_value=100, default=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        begin, length = attrs.pop("starts_at"), timedelta(minutes=attrs.pop("minutes"))
        times = {"first": TimestamptzRange(begin, begin + length)}
        unique = {"members": list(dict.fromkeys(attrs["members"]))}
        return attrs | times | unique | {"pause": timedelta(minutes=attrs["pause"])}


class NewPanel(StrictSerializer):
    members = OwnedField(queryset=Membership.objects.current(), many=True, allow_empty=False)


class SlotFilter(FilterSet):
    stage = IdFilter("stage")
    track = IdFilter("track")
    member = IdFilter("panel__member")
    is_taken = FlagFilter("is_taken")
    starts_after = InstantFilter("during__startswith", "gte")
    starts_before = InstantFilter("during__startswith", "lt")

    class Meta:
        model = InterviewSlot
        fields: tuple[str, ...] = ()


class InterviewSlots(mixins.DestroyModelMixin, ReadViewSet):
    """When which panel can interview for a stage. Nobody and no room is ever in two slots at once."""

    queryset = InterviewSlot.objects.prefetch_related("members").annotate(
        is_taken=Exists(Interview.objects.booked().filter(slot=OuterRef("pk")))
    )
    serializer_class = SlotRow
    filterset_class = SlotFilter
    resource = "interview-slots"

    @extend_schema(request=NewSlots, responses={201: SlotRow(many=True)})
    def create(self, request: Request) -> Response:
        """Open slots, all or none. Refused where an interviewer or the room is booked: `double_booked`."""
        asked = NewSlots(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        made = open_slots(by=self.membership, **asked.validated_data)
        rows = self.get_queryset().filter(pk__in=[slot.pk for slot in made]).order_by("during")
        return Response(SlotRow(rows, many=True).data, status=201)

    @extend_schema(request=NewPanel, responses=SlotRow)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Put other interviewers into a slot; its time stays. Whoever comes or goes is notified."""
        slot = self.get_object()  # before the body: a foreign slot is not there, whatever is asked of it
        asked = NewPanel(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        members = list(dict.fromkeys(asked.validated_data["members"]))
        slot = change_panel(by=self.membership, slot=slot, members=members)
        return Response(SlotRow(self.get_queryset().get(pk=slot.pk)).data)

    def perform_destroy(self, instance: InterviewSlot) -> None:
        remove_slot(by=self.membership, slot=instance)
