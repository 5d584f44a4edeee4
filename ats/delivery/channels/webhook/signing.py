"""Signatures by Standard Webhooks: `v1`, HMAC-SHA256 over id, timestamp and body."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable


def signature(secret: str, *, id: str, timestamp: int, body: bytes) -> str:
    """One signature, as "v1,<base64>". `secret` is "whsec_<base64>"."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(secrets: Iterable[str], *, id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a webhook, signed with every secret that is in force."""
    signatures = (signature(secret, id=id, timestamp=timestamp, body=body) for secret in secrets)
    return {
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
