from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from api.core.filtering import FilterSet
from api.core.filters import ChoiceFilter, IdFilter
from api.core.viewsets import TenantViewSet
from ats.events.feed import START, follow, newest_number, number_events, read_cursor
from ats.models import Event, EventType

PAGE = 500


class EventRow(serializers.ModelSerializer[Event]):
    type = serializers.ChoiceField(choices=EventType.choices)
    cursor = serializers.SerializerMethodField(help_text="Follow on from here with `after`.")

    class Meta:
        model = Event
        fields = (
            "id", "cursor", "type", "actor", "move", "posting", "candidate", "application", "data",
            "created_at",
        )  # fmt: skip

    def get_cursor(self, row: Event) -> str:
        return str(row.number)


class EventPage(serializers.Serializer[Any]):
    results = EventRow(many=True)
    next = serializers.URLField(help_text="Ask here for what comes after, now or later.")


class EventFilter(FilterSet):
    type = ChoiceFilter(choices=EventType.choices)
    application = IdFilter("application")
    posting = IdFilter("posting")
    after = filters.CharFilter(method="follow_on", help_text="The `cursor` of the last event read.")

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def follow_on(self, rows: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        return rows  # the position is part of the query already: see `Events.get_queryset`


class Events(TenantViewSet):
    """The change feed: every event of the organisation, in an order that never changes behind you.

    `410 cursor_expired` says that events behind your cursor were deleted meanwhile.
    """

    queryset = Event.objects.all()
    serializer_class = EventRow
    filterset_class = EventFilter
    pagination_class = None
    resource = "events"
    may_answer = ("410",)  # cursor_expired

    def get_queryset(self) -> QuerySet[Event]:
        if getattr(self, "swagger_fake_view", False):
            return Event.objects.none()
        return follow(self.membership.organisation, after=self._after())

    def _after(self) -> int:
        text = self.request.query_params.get("after")
        try:
            return read_cursor(text) if text else START
        except ValueError:
            detail = "This is no cursor of the feed: start without one."
            raise ValidationError({"after": [detail]}, "cursor_invalid") from None

    @extend_schema(responses=forced_singular_serializer(EventPage))  # type: ignore[no-untyped-call]
    def list(self, request: Request) -> Response:
        number_events()
        end = newest_number(self.membership.organisation)  # asked before the rows: none is passed over
        rows = list(self.filter_queryset(self.get_queryset())[:PAGE])
        position = self._position(rows, end)
        following = replace_query_param(request.build_absolute_uri(), "after", str(position))
        headers = {"Link": f'<{following}>; rel="next"'}
        return Response({"results": EventRow(rows, many=True).data, "next": following}, headers=headers)

    def _position(self, rows: Sequence[Event], end: int) -> int:
        """Where the page ends. One that is not full has passed over all that its filter leaves out."""
        last = [row.number for row in rows[-1:] if row.number]
        return max(last if len(rows) == PAGE else [*last, end, self._after()])
