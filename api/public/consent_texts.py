from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.caching import CacheableByAll
from api.core.throttling import PublicRate
from ats.people.consents import consent_texts


class ConsentTextRow(serializers.Serializer[Any]):
    """A text that one may agree to; of each code the latest version is the current one."""

    code = serializers.CharField()
    version = serializers.CharField()
    name = serializers.CharField()
    name_zh = serializers.CharField()
    text = serializers.CharField()
    text_zh = serializers.CharField()


class ConsentTexts(CacheableByAll):
    """The texts of all consents, every version that was ever shown. None is a condition of applying."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicRate,)

    @extend_schema(responses=ConsentTextRow(many=True))
    def get(self, request: Request) -> Response:
        return Response(ConsentTextRow(consent_texts(), many=True).data)
