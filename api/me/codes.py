from __future__ import annotations

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.core.serializers import EmailAddress, StrictSerializer
from api.core.throttling import CodeRate
from ats.people.login import request_code


class CodeRequest(StrictSerializer):
    email = EmailAddress()
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="en")


class Codes(APIView):
    """Ask for a sign-in code by e-mail. The answer is the same whether or not the address is known.

    Earlier codes stay good until they are used or expire. A mailbox that has five of them gets another
    when the newest is two minutes old.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (CodeRate,)

    @extend_schema(request=CodeRequest, responses={202: None}, summary="Ask for a sign-in code")
    def post(self, request: Request) -> Response:
        asked = CodeRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        request_code(**asked.validated_data)
        return Response(status=202)
