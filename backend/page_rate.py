"""Middleware: who reads the open postings as pages is counted as who reads them by the API."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from api.core.throttling import PublicRate

PAGES = ("/careers/", "/sitemap.xml")


class PageRate:
    """Answers 429 to an address that has read too much within its minute, with `Retry-After`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        rate = PublicRate()
        if not request.path.startswith(PAGES) or rate.allow_request(request, None):  # type: ignore[arg-type]
            return self.get_response(request)
        seconds = max(1, round(rate.wait() or 1))
        sentence = _("Too many requests: please wait %(seconds)d seconds.") % {"seconds": seconds}
        headers = {"Retry-After": str(seconds)}
        return HttpResponse(sentence, status=429, content_type="text/plain; charset=utf-8", headers=headers)
