"""What the link in a mail opens: a page with one button; the mail program's button posts here too."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ats.common.errors import NotFound
from ats.delivery.mails import links


@csrf_exempt  # the token in the address is the authority, and mail programs post without a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does it (RFC 8058: whatever the body). 404 for a token that is not ours."""
    try:
        candidate, kind = links.read_token(token)
        if request.method == "POST":
            links.unsubscribe(token)
    except NotFound as error:
        raise Http404 from error
    context = {"organisation": candidate.organisation, "type": kind, "is_done": request.method == "POST"}
    with translation.override(candidate.language):
        return render(request, "unsubscribe/page.html", context)
