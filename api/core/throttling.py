"""Rate limits, counted in the shared cache so that every process knows them.

Without the cache nobody is counted and everybody is served. So nothing that guards a secret is counted
here: the guesses at a mailbox's codes, and the codes sent to it, are counted in the database.
"""

from __future__ import annotations

import logging

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle, UserRateThrottle
from rest_framework.views import APIView

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


class UploadRate(Rate, UserRateThrottle):
    """So many files an account, since each has to be read."""

    scope = "uploads"
