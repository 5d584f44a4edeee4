from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.core.examples import REQUEST, VERDICTS
from api.core.facts import GivenFacts
from api.core.matches import Matches, matches_document
from api.core.serializers import StrictSerializer
from api.core.throttling import PublicRate
from api.core.verdicts import VerdictDocument
from ats.eligibility.verdicts.check import check_campaign, check_posting

LARGEST_ID = 2**63 - 1


class CampaignName(StrictSerializer):
    organisation = serializers.SlugField()
    campaign = serializers.SlugField()


class Check(StrictSerializer):
    """Facts about yourself, and either a posting or a whole campaign to judge them by."""

    facts = GivenFacts()
    posting = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    campaign = CampaignName(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("posting" in attrs) == ("campaign" in attrs):
            raise serializers.ValidationError("Name a posting or a campaign.", "scope_required")
        return attrs


class EligibilityCheck(APIView):
    """Am I eligible? Facts in, verdict out; nothing is stored.

    For a posting the answer is its verdict: `eligible`, `not_eligible`, or `unknown` where a fact is
    missing, and per rule what was found, what is asked and what would change it. For a campaign it is
    the postings that accept you, those that nearly do, and why not.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicRate,)

    @extend_schema(
        request=Check,
        responses=PolymorphicProxySerializer(
            "EligibilityAnswer", [VerdictDocument, Matches], resource_type_field_name=None
        ),
        examples=[*VERDICTS, OpenApiExample("facts", REQUEST, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        asked = Check(data=request.data)
        asked.is_valid(raise_exception=True)
        facts = asked.validated_data["facts"]
        if posting := asked.validated_data.get("posting"):
            return Response(check_posting(facts, posting=posting))
        found = check_campaign(facts, **asked.validated_data["campaign"])
        return Response(matches_document(found))
