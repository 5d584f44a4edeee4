from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from ats.models import AccessToken, Account
from ats.people.access_tokens import token_for


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer intake_…`."""

    def authenticate(self, request: Request) -> tuple[Account, AccessToken] | None:
        scheme, _, presented = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = token_for(presented.strip())
        if token is None:
            raise AuthenticationFailed("This token is wrong, expired or revoked.", "token_invalid")
        request._request.account_id = token.account_id  # type: ignore[attr-defined]  # for the log
        return token.account, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def account_of(request: Request) -> Account:
    """The account behind a request that a permission class has let through."""
    assert isinstance(request.user, Account)
    return request.user


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token of `/api/v1/tokens/`."}
