"""The links in a mail: a button that opens what it is about, and one that ends mails of its kind."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ats.common.errors import NotFound
from ats.models import Candidate, Event, EventType, NotificationPreferences
from ats.models.event_catalogue import CATALOGUE

SIGNER = Signer(salt="unsubscribe")
BUTTON = (
    '<p><a href="{url}" style="display:inline-block;padding:10px 16px;border-radius:6px;'
    'background:#1f5fbf;color:#ffffff;text-decoration:none">{label}</a></p>'
)


class Button(NamedTuple):
    """A link as the end of a text, and as HTML."""

    text: str
    html: str


def button(event: Event, language: str) -> Button | None:
    """The link to the candidate's application in CANDIDATE_URL; None where no such page is set up."""
    if not settings.CANDIDATE_URL or not event.application_id:
        return None
    url = settings.CANDIDATE_URL.replace("{application}", str(event.application_id))
    with translation.override(language):
        label = _("Open my application")
    return Button(f"\n\n{label}: {url}", BUTTON.format(url=escape(url), label=escape(label)))


def unsubscribe_link(candidate: int, kind: str) -> str:
    """The address at which one click mutes a type of notice for a candidate. It never expires."""
    token = SIGNER.sign_object([candidate, kind])
    site: str = settings.SITE_URL
    return site.rstrip("/") + reverse("unsubscribe", args=[token])


def read_token(token: str) -> tuple[Candidate, str]:
    """The candidate and the type that a token is about. Raises NotFound, also for what cannot be muted."""
    try:
        pk, kind = SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        raise NotFound("link_invalid", "") from None
    candidate = Candidate.objects.select_related("organisation").filter(pk=pk).first()
    if candidate is None or not CATALOGUE[EventType(kind)].is_mutable:
        raise NotFound("link_invalid", "")
    return candidate, kind


@transaction.atomic
def unsubscribe(token: str) -> None:
    """Mute; repeated clicks change nothing. Raises NotFound."""
    candidate, kind = read_token(token)
    NotificationPreferences.objects.get_or_create(candidate=candidate)
    preferences = NotificationPreferences.objects.select_for_update().get(candidate=candidate)
    preferences.muted = sorted({*preferences.muted, kind})
    preferences.save(update_fields=["muted"])
