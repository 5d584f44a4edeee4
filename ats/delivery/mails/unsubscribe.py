"""The link in a mail that ends mails of its kind, without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from ats.common.errors import NotFound
from ats.models import Candidate, NotificationPreferences

SIGNER = Signer(salt="unsubscribe")


def link(candidate: int, kind: str) -> str:
    """The address at which one click mutes a type of notice for a candidate. It never expires."""
    token = SIGNER.sign_object([candidate, kind])
    site: str = settings.SITE_URL
    return site.rstrip("/") + reverse("unsubscribe", args=[token])


def read(token: str) -> tuple[Candidate, str]:
    """The candidate and the type that a token is about. Raises NotFound."""
    try:
        pk, kind = SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        raise NotFound("link_invalid", "") from None
    candidate = Candidate.objects.select_related("organisation").filter(pk=pk).first()
    if candidate is None:
        raise NotFound("link_invalid", "")
    return candidate, kind


@transaction.atomic
def unsubscribe(token: str) -> None:
    """Mute; repeated clicks change nothing. Raises NotFound."""
    candidate, kind = read(token)
    NotificationPreferences.objects.get_or_create(candidate=candidate)
    wish = NotificationPreferences.objects.select_for_update().get(candidate=candidate)
    wish.muted = sorted({*wish.muted, kind})
    wish.save(update_fields=["muted"])
