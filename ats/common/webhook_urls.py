"""Which URLs an endpoint may have, judged by their looks alone."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

PORTS = {443, 8443}


def url_fault(url: str) -> str:
    """What is wrong with an endpoint's URL by its looks; "" when nothing is."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return "malformed"
    is_local = settings.WEBHOOK_TO_LOOPBACK and parts.scheme == "http"
    found = {
        "malformed": not parts.hostname or not url.isascii() or not url.isprintable() or " " in url,
        "user_name_or_fragment": parts.username is not None or bool(parts.fragment),
        "not_https": parts.scheme != "https" and not is_local,
        "port_not_allowed": port not in PORTS and not is_local,
    }
    return next((name for name, is_so in found.items() if is_so), "")
