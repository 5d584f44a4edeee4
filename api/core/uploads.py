"""Files in: bounded before the first byte is read. Files out: whatever format is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import JSONRenderer

MOST_BYTES = 5_100_000  # a file of 5 MB and what wraps it


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = _("This file is larger than 5 MB.")


class UploadParser(MultiPartParser):
    """`multipart/form-data`. The server reads no further than the stated length, so that decides."""

    most_bytes = MOST_BYTES
    refusal: type[BodyTooLarge] = BodyTooLarge

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        meta = (parser_context or {})["request"].META
        if int(meta.get("CONTENT_LENGTH") or 0) > self.most_bytes:
            raise self.refusal
        return super().parse(stream, media_type, parser_context)


class ListTooLarge(BodyTooLarge):
    default_detail = _("This file is larger than 50 MB.")


class ListParser(UploadParser):
    """For lists to be imported, which may be long."""

    most_bytes = 50_100_000
    refusal = ListTooLarge


class AnyFormat(JSONRenderer):
    """Lets a request for any media type through to a view that answers with a file."""

    media_type = "*/*"
    format = ""
