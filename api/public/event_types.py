from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import refuse_bad_parameters
from api.core.throttling import PublicRate
from ats.events.catalogue import catalogue


class EventTypeRow(serializers.Serializer[Any]):
    type = serializers.CharField()
    meaning = serializers.CharField()
    schema = serializers.JSONField(help_text="JSON Schema of the event's `data`.")


class EventTypes(viewsets.ViewSet):
    """The catalogue of events: every type, what it means, and the JSON Schema of its `data`."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicRate,)

    @extend_schema(responses=EventTypeRow(many=True))
    def list(self, request: Request) -> Response:
        refuse_bad_parameters(request.query_params, frozenset())
        return Response(EventTypeRow(catalogue(), many=True).data)
