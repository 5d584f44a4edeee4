from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.core.authentication import account_of
from api.core.filtering import refuse_bad_parameters
from api.core.matches import Matches, matches_document
from api.core.serializers import StrictSerializer
from ats.eligibility.verdicts.check import match_profile

PARAMETERS = [
    OpenApiParameter("organisation", str, required=True, description="The organisation's slug."),
    OpenApiParameter("campaign", str, description="The slug of one of its seasons; else all of them."),
]


class Asked(StrictSerializer):
    organisation = serializers.SlugField()
    campaign = serializers.SlugField(required=False)


class MyPostings(APIView):
    """The open postings of an organisation that accept you, those that nearly do, and why not.

    You are judged as your profile says now, with your applications there so far; nothing is stored.
    """

    permission_classes = (IsAuthenticated,)
    may_answer = ("404",)  # for an organisation that is not there

    @extend_schema(parameters=PARAMETERS, responses=Matches)
    def get(self, request: Request) -> Response:
        refuse_bad_parameters(request.query_params, {"organisation", "campaign"})
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(matches_document(match_profile(account_of(request), **asked.validated_data)))
