"""`Idempotency-Key`: a creating request that is repeated gets the first one's answer."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.core.authentication import account_of
from ats.common.errors import Invalid
from ats.models import Account, IdempotencyRecord

HEADER = "Idempotency-Key"
LONGEST = 255
PARAMETER = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="Any text of yours, at most 255 characters. Sent again with the same body, it "
    "gives the first answer again; with another body it is refused.",
)

CLAIM = """
INSERT INTO ats_idempotencyrecord (account_id, key, fingerprint) VALUES (%s, %s, %s)
ON CONFLICT (account_id, key) DO NOTHING RETURNING id
"""
KEEP = "UPDATE ats_idempotencyrecord SET status = %s, body = %s WHERE id = %s"


class KeyReused(Invalid):
    status = 422


def idempotent(create: Callable[..., Response]) -> Callable[..., Response]:
    """Wraps a view's `create`. What it changes and the record of its answer are one transaction.

    A request that meets the same key still running waits for it, at the unique index, and then
    answers alike. A refused request leaves no record, so it may be mended and sent again.
    """

    @functools.wraps(create)
    def wrapped(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return create(view, request, *args, **kwargs)
        with transaction.atomic():
            record, is_first = _open(request, key)
            if not is_first:
                return Response(json.loads(record.body), status=record.status)
            response = create(view, request, *args, **kwargs)
            body = JSONRenderer().render(response.data).decode()
            with connection.cursor() as cursor:
                cursor.execute(KEEP, [response.status_code, body, record.pk])
            return response

    return wrapped


def _open(request: Request, key: str) -> tuple[IdempotencyRecord, bool]:
    """The record of a key and whether this request is its first."""
    if not 1 <= len(key) <= LONGEST or "\0" in key:
        sentence = _("An idempotency key has 1 to 255 characters.")
        raise Invalid("idempotency_key_invalid", sentence)
    fingerprint = _fingerprint(request)
    account = account_of(request)
    if pk := _claim(account, key, fingerprint):
        return IdempotencyRecord(pk=pk), True
    record = IdempotencyRecord.objects.get(account=account, key=key)
    if bytes(record.fingerprint) != fingerprint:
        sentence = _("This idempotency key was used for another request.")
        raise KeyReused("idempotency_key_reused", sentence)
    return record, False


def _claim(account: Account, key: str, fingerprint: bytes) -> int | None:
    """The id of a new record, in one statement; None when there is one, once its request has ended."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [account.pk, key, fingerprint])
        row = cursor.fetchone()
    return row[0] if row else None


def _fingerprint(request: Request) -> bytes:
    body = json.dumps(request.data, sort_keys=True)
    return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).digest()
