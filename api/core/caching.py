"""Who may keep an answer: nobody, unless a view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from rest_framework.response import Response
from rest_framework.views import APIView

PUBLIC_SECONDS = 60


class NoStoreByDefault:
    """Middleware: an API answer that says nothing about caches is kept by none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/api/v1/") and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_store=True)
        return response


class CacheableByAll(APIView):
    """Views that show everybody the same: good answers may be kept for a minute.

    Django's ConditionalGetMiddleware adds the `ETag` and answers 304.
    """

    def finalize_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(*args, **kwargs)
        if response.status_code == HTTPStatus.OK:
            patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
        return response
