"""What the OpenAPI document says beyond what the code shows by itself."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import AllowAny

from api.core.idempotency import PARAMETER as IDEMPOTENCY_KEY
from api.core.idempotency import Idempotent
from api.core.problems import MEDIA_TYPE, problem
from api.core.tenancy import HEADER, MemberMay


class BadField(serializers.Serializer[Any]):
    pointer = serializers.CharField(help_text="Where in the request body (RFC 6901).")
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """RFC 9457. `code` is stable and for machines, `detail` is for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = BadField(many=True, required=False)  # type: ignore[assignment]


MEANING = {
    "400": "Something in the request is wrong; `errors` says where.",
    "401": "There is no valid token.",
    "403": "You may not do this.",
    "410": "What you ask for was deleted meanwhile.",
    "404": "There is no such thing, or not for you.",
    "405": "This address does not take this method.",
    "406": "No format that you accept can be given.",
    "409": "The state of things is against it; `code` says how.",
    "415": "The body is not JSON.",
    "422": "The idempotency key belongs to another request.",
    "429": "Too many requests: wait for `Retry-After` seconds.",
}
ORGANISATION = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="The slug of the organisation; needed by members of several.",
)


class Schema(AutoSchema):
    """Adds to every operation a summary, its error answers and the organisation's header."""

    def get_summary(self) -> str | None:
        first_line = self.get_description().strip().partition("\n")[0]
        return first_line.partition(". ")[0].rstrip(".") or None

    def get_override_parameters(self) -> list[Any]:
        parameters: list[Any] = list(super().get_override_parameters())
        parameters += [IDEMPOTENCY_KEY] if self.method == "POST" and isinstance(self.view, Idempotent) else []
        return [ORGANISATION, *parameters] if self._is_staff() else parameters

    def get_filter_backends(self) -> list[Any]:
        return list(super().get_filter_backends()) if self.method == "GET" else []

    def _get_paginator(self) -> Any:
        """Only what is read comes in pages; an order that makes several rows answers with all."""
        paged = self.method == "GET"
        return super()._get_paginator() if paged else None  # type: ignore[no-untyped-call]

    def _is_staff(self) -> bool:
        return MemberMay in self.view.permission_classes

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        return bodies | {
            status: self._shared_answer(status) for status in self._problems() if status not in bodies
        }

    def _shared_answer(self, status: str) -> Any:
        """A reference: spelled out at each operation, the errors are two thirds of the document."""
        body = self._get_response_for_code(_answer(status), status, [MEDIA_TYPE])  # type: ignore[no-untyped-call]
        answer = ResolvedComponent(f"Problem{status}", ResolvedComponent.RESPONSE, body, status)  # type: ignore[no-untyped-call]
        self.registry.register_on_missing(answer)
        return answer.ref

    def _problems(self) -> list[str]:
        """The error answers that this operation can give."""
        is_open = any(isinstance(p, AllowAny) for p in self.view.get_permissions())
        statuses = ["400", "406"]
        statuses += [] if is_open else ["401"]
        statuses += ["403"] if self._is_staff() else []
        statuses += ["404"] if "{" in self.path else []
        statuses += ["429"] if self.view.get_throttles() else []
        statuses += ["409", "415"] if self.method in {"POST", "PUT", "PATCH"} else []
        statuses += ["404", "422"] if self.method == "POST" else []
        statuses += ["409"] if self.method == "DELETE" else []
        statuses += getattr(self.view, "may_answer", [])
        return sorted(set(statuses))


def _answer(status: str) -> OpenApiResponse:
    example = OpenApiExample("problem", value=problem(int(status), "the_code", MEANING[status]))
    return OpenApiResponse(Problem, MEANING[status], [example])
