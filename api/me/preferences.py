from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.core.authentication import account_of
from api.core.filtering import refuse_bad_parameters
from api.core.serializers import StrictSerializer
from ats.applications.preferences import active_applications, rank_preferences
from ats.models import Account, Application, Campaign

SEASON = [
    OpenApiParameter("organisation", str, required=True, description="The organisation's slug."),
    OpenApiParameter("campaign", str, required=True, description="The slug of its season."),
]


class Asked(StrictSerializer):
    organisation = serializers.SlugField()
    campaign = serializers.SlugField()


class Ranking(StrictSerializer):
    applications = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        min_length=1,
        max_length=99,
        help_text="All of yours that are under way in the season, the first choice first.",
    )


class Ranked(serializers.ModelSerializer[Application]):
    application = serializers.IntegerField(source="pk", read_only=True)
    posting_title = serializers.CharField(source="posting.title", read_only=True)
    posting_title_zh = serializers.CharField(source="posting.title_zh", read_only=True)

    class Meta:
        model = Application
        fields = ("application", "posting", "posting_title", "posting_title_zh", "preference")
        read_only_fields = fields


class Preferences(APIView):
    """One's order of preference in a season, which may be changed until the season closes."""

    permission_classes = (IsAuthenticated,)
    may_answer = ("404",)  # for a season that is not there

    @extend_schema(parameters=SEASON, responses=Ranked(many=True))
    def get(self, request: Request) -> Response:
        return Response(_ranked(account_of(request), _campaign(request)))

    @extend_schema(parameters=SEASON, request=Ranking, responses=Ranked(many=True))
    def put(self, request: Request) -> Response:
        campaign = _campaign(request)
        asked = Ranking(data=request.data)
        asked.is_valid(raise_exception=True)
        rank_preferences(by=account_of(request), campaign=campaign, **asked.validated_data)
        return Response(_ranked(account_of(request), campaign))


def _campaign(request: Request) -> Campaign:
    refuse_bad_parameters(request.query_params, {"organisation", "campaign"})
    asked = Asked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    slugs = asked.validated_data
    return get_object_or_404(Campaign, organisation__slug=slugs["organisation"], slug=slugs["campaign"])


def _ranked(account: Account, campaign: Campaign) -> Any:
    rows = active_applications(account, campaign).select_related("posting").order_by("preference", "id")
    return Ranked(rows, many=True).data
