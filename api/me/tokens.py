from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.authentication import BaseAuthentication
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.authentication import account_of
from api.core.serializers import EmailAddress, StrictSerializer
from api.core.throttling import CodeRate
from ats.models import AccessToken
from ats.people.access_tokens import issue_token, renew_token, revoke_token
from ats.people.login import redeem_code

CODE = r"^([0-9]{6}|([A-Za-z2-7]{4}-?){3}[A-Za-z2-7]{4})$"


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


class LoginCodeField(serializers.RegexField):
    """A code as the mail spells it: six digits, or four groups of four letters and digits."""

    def __init__(self, **kwargs: Any) -> None:
        message = "Six digits, or the long code of the mail."
        super().__init__(CODE, error_messages={"invalid": message}, **kwargs)


class CodeRedemption(StrictSerializer):
    email = EmailAddress()
    code = LoginCodeField()
    name = serializers.CharField(max_length=100, default="", allow_blank=True)


class Tokens(mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Any]):
    """Your tokens. A code from the mailbox buys a new one; an account is made at the first."""

    queryset = AccessToken.objects.all()
    serializer_class = Token
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-id",)

    def get_authenticators(self) -> list[BaseAuthentication]:
        """None to sign in: a client whose token has ended still sends it."""
        is_new = self.request is not None and self.request.method == "POST" and "pk" not in self.kwargs
        return [] if is_new else super().get_authenticators()

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
        fields = asked.validated_data
        account = redeem_code(email=fields["email"], code=fields["code"])
        token, secret = issue_token(account=account, name=fields["name"])
        return Response({**Token(token).data, "token": secret}, status=201)

    @extend_schema(request=None, responses=Token)
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str) -> Response:
        """Let a token that has not ended last thirty days from now; a year after its issue it ends."""
        return Response(Token(renew_token(by=account_of(request), token=self.get_object())).data)

    def perform_destroy(self, instance: AccessToken) -> None:
        revoke_token(by=instance.account, token=instance)
