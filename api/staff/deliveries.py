from __future__ import annotations

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import FilterSet
from api.core.filters import ChoiceFilter, IdFilter
from api.core.viewsets import ReadViewSet
from ats.delivery.redelivery import redeliver
from ats.models import Channel, Delivery, DeliveryState


class DeliveryRow(serializers.ModelSerializer[Delivery]):
    type = serializers.CharField(source="event.type", read_only=True, help_text="Of the event it is about.")

    class Meta:
        model = Delivery
        fields = (
            "id", "uid", "event", "type", "application", "recipient", "channel", "state", "attempts",
            "due_at", "settled_at", "last_error", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class DeliveryFilter(FilterSet):
    state = ChoiceFilter(choices=DeliveryState.choices)
    channel = ChoiceFilter(choices=Channel.choices)
    recipient = filters.CharFilter("recipient", help_text="Such as `endpoint:7` or `candidate:12`.")
    event = IdFilter("event")
    application = IdFilter("application")

    class Meta:
        model = Delivery
        fields: tuple[str, ...] = ()


class Deliveries(ReadViewSet):
    """Who was notified of what, by which channel: due, sent, dead with its reason, or cancelled."""

    queryset = Delivery.objects.select_related("event")
    serializer_class = DeliveryRow
    filterset_class = DeliveryFilter
    resource = "deliveries"

    @extend_schema(request=None, responses={202: DeliveryRow})
    @action(detail=True, methods=["post"])
    def redeliver(self, request: Request, pk: str) -> Response:
        """Send a delivery again. Its id stays the same, so that a receiver recognises the repeat."""
        delivery = redeliver(by=self.membership, delivery=self.get_object())
        return Response(self.get_serializer(delivery).data, status=202)
