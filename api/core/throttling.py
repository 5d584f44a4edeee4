"""Rate limits, counted in the shared cache so that every process knows them.

Without the cache nobody is counted and everybody is served: codes have their own count of attempts.
"""

from __future__ import annotations

import hashlib
import logging

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle, UserRateThrottle
from rest_framework.views import APIView

from ats.models.account import normal_email

logger = logging.getLogger(__name__)


class Rate(SimpleRateThrottle):
    def allow_request(self, request: Request, view: APIView) -> bool:
        try:
            return super().allow_request(request, view)
        except RedisError as error:
            logger.warning("nobody is counted, the cache does not answer: %s", type(error).__name__)
            return True


class PerAddress(Rate):
    """So many requests an IP address; the scope names the rate in the settings."""

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class PublicRate(PerAddress):
    scope = "public"


class CodeRate(PerAddress):
    scope = "codes"


class CodeRatePerEmail(Rate):
    """So many codes for one mailbox, whoever asks."""

    scope = "codes_per_email"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        email = request.data.get("email") if isinstance(request.data, dict) else None
        ident = hashlib.sha256(normal_email(str(email)).encode()).hexdigest()
        return self.cache_format % {"scope": self.scope, "ident": ident}


class UploadRate(Rate, UserRateThrottle):
    """So many files an account, since each has to be read."""

    scope = "uploads"
