from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.core.authentication import account_of
from api.core.idempotency import Idempotent
from api.core.serializers import StrictSerializer
from api.core.throttling import PublicRate
from ats.models import CalendarFeed
from ats.selection.interviews.calendar_feeds import calendar_for, open_feed, revoke_feed

MEDIA_TYPE = "text/calendar"


class FeedRow(serializers.ModelSerializer[CalendarFeed]):
    class Meta:
        model = CalendarFeed
        fields = ("id", "name", "created_at", "revoked_at")
        read_only_fields = fields


class NewFeed(StrictSerializer):
    name = serializers.CharField(max_length=100, default="", allow_blank=True)


class OpenedFeed(FeedRow):
    url = serializers.URLField(help_text="For a calendar program. It is a secret, shown only now.")

    class Meta(FeedRow.Meta):
        fields = (*FeedRow.Meta.fields, "url")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]


class Calendars(Idempotent, mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Any]):
    """Your calendar feeds, for interviews that you give or have. Deleting revokes the address."""

    queryset = CalendarFeed.objects.all()
    serializer_class = FeedRow
    permission_classes = (IsAuthenticated,)
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)
    secret_answers = ("create",)

    def get_queryset(self) -> QuerySet[CalendarFeed]:
        return super().get_queryset().filter(account=self.request.user.pk)

    @extend_schema(request=NewFeed, responses={201: OpenedFeed})
    def create(self, request: Request) -> Response:
        asked = NewFeed(data=request.data)
        asked.is_valid(raise_exception=True)
        row, token = open_feed(by=account_of(request), **asked.validated_data)
        url = request.build_absolute_uri(reverse("calendar", args=[token]))
        return Response({**FeedRow(row).data, "url": url}, status=201)

    def perform_destroy(self, instance: CalendarFeed) -> None:
        revoke_feed(by=instance.account, calendar=instance)


class AnythingGoes(DefaultContentNegotiation):
    """Whatever a calendar program says it accepts, it gets the calendar."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, str(first.media_type)


class Calendar(Idempotent, APIView):
    """A private calendar, as iCalendar. Whoever knows the address may read it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicRate,)
    content_negotiation_class = AnythingGoes

    @extend_schema(responses={(200, MEDIA_TYPE): OpenApiTypes.STR}, summary="Read a calendar feed")
    def get(self, request: Request, token: str) -> HttpResponse:
        calendar = calendar_for(token)
        if calendar is None:
            raise NotFound
        headers = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}
        return HttpResponse(calendar, content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)
