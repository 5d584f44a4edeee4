from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.core.authentication import account_of
from api.core.problems import BadFields
from ats.exchange import json_resume
from ats.people.candidates import set_profile

DOCUMENT = json_resume.schema()


class Profile(APIView):
    """Your profile, as JSON Resume. Applications copy it at the moment of applying."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses={(200, "application/json"): DOCUMENT})
    def get(self, request: Request) -> Response:
        return Response(account_of(request).profile)

    @extend_schema(request={"application/json": DOCUMENT}, responses={(200, "application/json"): DOCUMENT})
    def put(self, request: Request) -> Response:
        document = request.data
        if faults := dict(json_resume.faults(document)):
            raise BadFields(faults)
        assert isinstance(document, dict)  # the schema says so
        set_profile(by=account_of(request), document=document)
        return Response(document)
