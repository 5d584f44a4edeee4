"""`Idempotency-Key`: a repeated POST gets the first one's answer. `docs/idempotency.md` has the cases."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import is_success
from rest_framework.views import APIView

from api.core.authentication import account_of
from api.core.problems import KeyReused
from ats.common.errors import Conflict, Invalid
from ats.models import IdempotencyRecord

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"  # `true` on an answer that was given before
LONGEST = 255
PARAMETER = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="Any text of yours, at most 255 characters. Sent again with the same body, it "
    "gives the first answer again; with another body it is refused.",
)

# A request that meets the same key still running waits at the unique index, and then answers alike.
CLAIM = """
INSERT INTO ats_idempotencyrecord (account_id, organisation_id, key, fingerprint) VALUES (%s, %s, %s, %s)
ON CONFLICT (account_id, organisation_id, key) DO NOTHING RETURNING id
"""
KEEP = "UPDATE ats_idempotencyrecord SET status = %s, body = %s WHERE id = %s"


class Idempotent(APIView):
    """A view whose POSTs take an idempotency key.

    What a request changes and the record of its answer are one transaction, so both are there or
    neither. A refused request leaves no record: it may be mended and sent again under its key. Of the
    actions in `secret_answers` the answer is not kept: a repetition learns that it was carried out.
    """

    secret_answers: ClassVar[tuple[str, ...]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        key = request.headers.get(HEADER)
        if request.method == "POST" and key is not None:
            handler = getattr(self, "post", self.http_method_not_allowed)
            setattr(self, "post", functools.partial(self._answer_once, handler, key))  # noqa: B010

    def _answer_once(
        self, handler: Callable[..., Response], key: str, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        with transaction.atomic():
            record, is_first = _open(self, request, key)
            if not is_first:
                return _replay(record)
            response = handler(request, *args, **kwargs)
            if is_success(response.status_code):
                _keep(record, response, hides_body=getattr(self, "action", "") in self.secret_answers)
            else:
                transaction.set_rollback(True)
            return response


def _open(view: Any, request: Request, key: str) -> tuple[IdempotencyRecord, bool]:
    """The record of a key and whether this request is its first."""
    if not 1 <= len(key) <= LONGEST or "\0" in key:
        raise Invalid("idempotency_key_invalid", _("An idempotency key has 1 to 255 characters."))
    owner = {"account": account_of(request).pk, "organisation": _organisation_of(view)}
    fingerprint = _fingerprint(request)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [*owner.values(), key, fingerprint])
        row = cursor.fetchone()
    if row:
        return IdempotencyRecord(pk=row[0]), True
    record = IdempotencyRecord.objects.get(**owner, key=key)
    if bytes(record.fingerprint) != fingerprint:
        raise KeyReused("idempotency_key_reused", _("This idempotency key was used for another request."))
    return record, False


def _organisation_of(view: Any) -> int | None:
    """Whose request it is beside the account's: the same key may mean something else elsewhere."""
    membership = getattr(view, "membership", None)
    return membership.organisation_id if membership else None


def _keep(record: IdempotencyRecord, response: Response, *, hides_body: bool) -> None:
    body = "" if hides_body else JSONRenderer().render(response.data).decode() or "null"
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [response.status_code, body, record.pk])


def _replay(record: IdempotencyRecord) -> Response:
    if not record.body:
        sentence = _("This request was carried out, and its answer is shown only once.")
        raise Conflict("answered_once", sentence)
    return Response(json.loads(record.body), status=record.status, headers={REPLAYED: "true"})


def _fingerprint(request: Request) -> bytes:
    """SHA-256 of method, path, query and body; of a file its content counts."""
    body = json.dumps(request.data, sort_keys=True, default=_digest)
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n{body}".encode()).digest()


def _digest(file: UploadedFile[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
