"""The list of mails, one mail, and the same as JSON for scripts."""

from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from web.mailbox import maildir

# The HTML of a mail comes from anywhere: it may style itself and nothing else.
HTML_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    to = request.GET.get("to", "")
    return render(request, "mailbox/index.html", {"mails": box(to), "to": to})


@require_safe
def messages(request: HttpRequest) -> JsonResponse:
    """`{"messages": [{"key", "sent", "sender", "to", "subject", "text", "html"}]}`."""
    found = [asdict(mail) for mail in box(request.GET.get("to", ""))]
    return JsonResponse({"messages": found}, json_dumps_params={"ensure_ascii": False})


@require_safe
def message(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "mailbox/message.html", {"mail": mail_or_404(key)})


@require_safe
@xframe_options_sameorigin
def html(request: HttpRequest, key: str) -> HttpResponse:
    mail = mail_or_404(key)
    return HttpResponse(mail.html, headers={"Content-Security-Policy": HTML_POLICY})


def box(to: str) -> list[maildir.Mail]:
    return maildir.newest(Path(settings.MAILBOX_DIR), to=to)


def mail_or_404(key: str) -> maildir.Mail:
    if mail := maildir.find(Path(settings.MAILBOX_DIR), key):
        return mail
    raise Http404
