from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.serializers import EmailAddress, StrictSerializer
from api.core.throttling import CodeRate
from ats.models import AccessToken
from ats.people.login import issue_token, redeem_code, revoke_token


class Token(serializers.ModelSerializer[AccessToken]):
    class Meta:
        model = AccessToken
        fields = ("id", "name", "prefix", "created_at", "expires_at", "revoked_at")
        read_only_fields = fields


class NewToken(Token):
    token = serializers.CharField(read_only=True, help_text="The secret; it is shown only now.")

    class Meta(Token.Meta):
        fields = (*Token.Meta.fields, "token")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]


class CodeRedemption(StrictSerializer):
    email = EmailAddress()
    code = serializers.RegexField(r"^[0-9]{6}$", error_messages={"invalid": "Six digits."})
    name = serializers.CharField(max_length=100, default="", allow_blank=True)


class Tokens(mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Any]):
    """One's own tokens. A code from the mailbox buys a new one; an account is made at the first."""

    queryset = AccessToken.objects.all()
    serializer_class = Token
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_permissions(self) -> list[Any]:
        return [AllowAny()] if self.action == "create" else [IsAuthenticated()]

    def get_throttles(self) -> list[Any]:
        return [CodeRate()] if self.action == "create" else []

    def get_queryset(self) -> QuerySet[AccessToken]:
        return super().get_queryset().filter(account=self.request.user.pk)

    @extend_schema(request=CodeRedemption, responses={201: NewToken})
    def create(self, request: Request) -> Response:
        asked = CodeRedemption(data=request.data)
        asked.is_valid(raise_exception=True)
        facts = asked.validated_data
        account = redeem_code(email=facts["email"], code=facts["code"])
        token, secret = issue_token(account=account, name=facts["name"])
        return Response({**Token(token).data, "token": secret}, status=201)

    def perform_destroy(self, instance: AccessToken) -> None:
        revoke_token(by=instance.account, token=instance)
