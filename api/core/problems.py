"""Every error answer: RFC 9457 problem documents with a stable `code` and a pointer per bad field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from ats.common.errors import Conflict, Forbidden, Gone, Invalid, NotFound, Refused, TooLarge, TooMany

MEDIA_TYPE = "application/problem+json"


class KeyReused(Refused):
    """An idempotency key that belongs to another request."""


# Of each kind of refusal its HTTP status.
STATUS: dict[type[Refused], int] = {
    Invalid: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Gone: 410,
    TooLarge: 413,
    KeyReused: 422,
    TooMany: 429,
}


class BadFields(exceptions.APIException):
    """A 400 for documents that no serializer reads: a reason for each JSON pointer."""

    status_code = 400
    default_code = "invalid"
    default_detail = exceptions.ValidationError.default_detail

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__()
        self.reasons = reasons


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler. None, and so a 500, only for what nobody foresaw."""
    known = _known(error)
    if known is None:
        return None
    set_rollback()
    return _response(known)


def _known(error: Exception) -> exceptions.APIException | Refused | None:
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    return error if isinstance(error, exceptions.APIException | Refused) else None


def _response(error: exceptions.APIException | Refused) -> Response:
    body = _of_refusal(error) if isinstance(error, Refused) else _of_exception(error)
    response = Response(body, status=body["status"], content_type=MEDIA_TYPE)
    for header, attribute in (("WWW-Authenticate", "auth_header"), ("Retry-After", "wait")):
        value = getattr(error, attribute, None)
        if value is not None:
            response[header] = str(value)
    return response


def _of_refusal(error: Refused) -> dict[str, Any]:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    body = problem(status, error.code, error.sentence) | error.details
    if error.field:
        pointer = "".join(f"/{escape(step)}" for step in error.field.split("."))
        body["errors"] = [{"pointer": pointer, "code": error.code, "detail": error.sentence}]
    return body


def _of_exception(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        body = problem(400, "invalid", str(exceptions.ValidationError.default_detail))
        return body | {"errors": list(_bad_fields(error.detail, ""))}
    if isinstance(error, BadFields):
        bad = [{"pointer": p, "code": "invalid", "detail": why} for p, why in error.reasons.items()]
        return problem(400, error.default_code, str(error.detail)) | {"errors": bad}
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else error.default_code
    return problem(error.status_code, code, str(error.detail))


def problem(status: int, code: str, detail: str) -> dict[str, Any]:
    """The members that every problem document has."""
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail}


def _bad_fields(detail: Any, pointer: str) -> Iterator[dict[str, str]]:
    """One entry per bad field; `pointer` is a JSON pointer (RFC 6901) into the request body."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = "" if name == "non_field_errors" else f"/{escape(str(name))}"
            yield from _bad_fields(inner, pointer + step)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            step = "" if isinstance(inner, exceptions.ErrorDetail) else f"/{index}"
            yield from _bad_fields(inner, pointer + step)
    else:
        yield {"pointer": pointer, "code": detail.code, "detail": str(detail)}


def escape(step: str) -> str:
    """One step of a JSON pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Django's 400, for what it refuses before a view sees it: too many parameters, a foreign host."""
    body = problem(400, "bad_request", "This request is not acceptable: it is malformed or too large.")
    return JsonResponse(body, status=400, content_type=MEDIA_TYPE)


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Django's 403."""
    body = problem(403, "permission_denied", "You may not do this.")
    return JsonResponse(body, status=403, content_type=MEDIA_TYPE)


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Django's 404, for paths that no route knows."""
    body = problem(404, "not_found", "There is nothing at this address.")
    return JsonResponse(body, status=404, content_type=MEDIA_TYPE)


def server_error(request: HttpRequest) -> JsonResponse:
    """Django's 500: says nothing of what happened, the log does."""
    body = problem(500, "server_error", "Something went wrong here. Nothing was changed.")
    return JsonResponse(body, status=500, content_type=MEDIA_TYPE)
