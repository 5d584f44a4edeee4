from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api.core.serializers import StrictModelSerializer
from api.core.viewsets import ReadViewSet
from api.staff.deliveries import DeliveryRow
from ats.models import Endpoint, EventType
from ats.organisations.endpoints import (
    create_endpoint,
    remove_endpoint,
    rotate_secret,
    send_test,
    update_endpoint,
)


class EndpointRow(StrictModelSerializer):
    types = serializers.ListField(
        child=serializers.ChoiceField(choices=EventType.choices),
        required=False,
        max_length=len(EventType),
        help_text="The events that it hears of; none means all.",
    )

    class Meta:
        model = Endpoint
        fields = (
            "id", "url", "description", "types", "is_active", "disabled_reason", "failing_since",
            "previous_until", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = (
            "id", "disabled_reason", "failing_since", "previous_until", "created_at", "updated_at",
        )  # fmt: skip


class EndpointSecret(serializers.ModelSerializer[Endpoint]):
    """The secret that verifies `webhook-signature`."""

    class Meta:
        model = Endpoint
        fields = ("secret", "previous_until")
        read_only_fields = fields


class Endpoints(mixins.CreateModelMixin, mixins.UpdateModelMixin, mixins.DestroyModelMixin, ReadViewSet):
    """Addresses that receive events by webhook, signed by Standard Webhooks."""

    queryset = Endpoint.objects.kept()
    serializer_class = EndpointRow
    filterset_fields = ("is_active",)
    resource = "endpoints"
    secret_answers = ("rotate",)
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = create_endpoint(by=self.membership, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        endpoint = serializer.instance
        assert isinstance(endpoint, Endpoint)
        changes = serializer.validated_data
        serializer.instance = update_endpoint(by=self.membership, endpoint=endpoint, **changes)

    def perform_destroy(self, instance: Endpoint) -> None:
        remove_endpoint(by=self.membership, endpoint=instance)

    @extend_schema(responses=EndpointSecret)
    @action(detail=True)
    def secret(self, request: Request, pk: str) -> Response:
        """The signing secret of an endpoint."""
        return Response(EndpointSecret(self.get_object()).data)

    @extend_schema(request=None, responses=EndpointSecret)
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, pk: str) -> Response:
        """Make a new signing secret. The old one signs too for another 24 hours."""
        endpoint = rotate_secret(by=self.membership, endpoint=self.get_object())
        return Response(EndpointSecret(endpoint).data)

    @extend_schema(request=None, responses={202: DeliveryRow})
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: str) -> Response:
        """Send a test event to an endpoint. What became of it is seen at `/api/v1/deliveries/{id}/`."""
        delivery = send_test(by=self.membership, endpoint=self.get_object())
        return Response(DeliveryRow(delivery).data, status=202)
