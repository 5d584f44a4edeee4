from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.filtering import refuse_bad_parameters
from api.core.throttling import PublicRate
from ats.eligibility.kinds import kind_documents


class RuleKindRow(serializers.Serializer[Any]):
    kind = serializers.CharField()
    title = serializers.CharField()
    title_zh = serializers.CharField()
    facts = serializers.ListField(
        child=serializers.CharField(), help_text="What of a person it is judged by, by the names of facts."
    )
    schema = serializers.JSONField(
        help_text="JSON Schema (2020-12) of `params`. To draw a form it has `title` and `title_zh` of every"
        " field, `labels` of the values of an enum in both languages, and the `unit` of a number."
    )


class RuleKinds(viewsets.ViewSet):
    """The kinds of eligibility rules, each with the JSON Schema that its params are validated by."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicRate,)

    @extend_schema(responses=RuleKindRow(many=True))
    def list(self, request: Request) -> Response:
        refuse_bad_parameters(request.query_params, frozenset())
        return Response(RuleKindRow(kind_documents(), many=True).data)
