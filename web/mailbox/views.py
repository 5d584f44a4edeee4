"""The list of letters, one letter, and the same as JSON for scripts."""

from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from web.mailbox import letters

# A letter's HTML comes from anywhere: it may style itself and nothing else.
HTML_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    to = request.GET.get("to", "")
    return render(request, "mailbox/index.html", {"letters": box(to), "to": to})


@require_safe
def messages(request: HttpRequest) -> JsonResponse:
    """`{"messages": [{"key", "sent", "sender", "to", "subject", "text", "html"}]}`."""
    found = [asdict(letter) for letter in box(request.GET.get("to", ""))]
    return JsonResponse({"messages": found}, json_dumps_params={"ensure_ascii": False})


@require_safe
def message(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "mailbox/message.html", {"letter": letter_or_404(key)})


@require_safe
@xframe_options_sameorigin
def html(request: HttpRequest, key: str) -> HttpResponse:
    letter = letter_or_404(key)
    return HttpResponse(letter.html, headers={"Content-Security-Policy": HTML_POLICY})


def box(to: str) -> list[letters.Letter]:
    return letters.newest(Path(settings.MAILBOX_DIR), to=to)


def letter_or_404(key: str) -> letters.Letter:
    if letter := letters.find(Path(settings.MAILBOX_DIR), key):
        return letter
    raise Http404
