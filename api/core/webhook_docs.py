"""What endpoints receive, in the OpenAPI document: its `webhooks`, one for each type of event."""

from __future__ import annotations

from typing import Any

from ats.events.catalogue import schema
from ats.models import EventType
from ats.models.event_catalogue import CATALOGUE

ID_OR_NONE = {"type": ["integer", "null"]}
HEADERS = {
    "webhook-id": "The same over all retries: drop what was seen before.",
    "webhook-timestamp": "When it was signed, in seconds since 1970.",
    "webhook-signature": "Standard Webhooks: `v1,` and HMAC-SHA256 in Base64, one for each secret in force.",
}
ANSWERS = {
    "2XX": "Taken.",
    "410": "No more, please: the endpoint is switched off.",
    "429": "Later: after `Retry-After`.",
    "default": "Not taken, redirects included: tried again.",
}


def add_webhooks(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001  (the hook's signature)
    """A hook of drf-spectacular."""
    return {**result, "webhooks": {kind.value: {"post": _told(kind)} for kind in CATALOGUE}}


def _told(kind: EventType) -> dict[str, Any]:
    body = {"application/json": {"schema": _body(kind)}}
    return {
        "operationId": f"told_{kind.name.lower()}",
        "summary": str(kind.label),
        "tags": ["webhooks"],
        "security": [],
        "parameters": [_header(name, text) for name, text in HEADERS.items()],
        "requestBody": {"required": True, "content": body},
        "responses": {status: {"description": text} for status, text in ANSWERS.items()},
    }


def _header(name: str, text: str) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": True, "schema": {"type": "string"}, "description": text}


def _body(kind: EventType) -> dict[str, Any]:
    """As `ats.delivery.channels.webhook.sender.payload` makes it."""
    event = {
        "id": {"type": "integer"},
        "cursor": {"type": "string"},
        **dict.fromkeys(("actor", "move", "posting", "candidate", "application"), ID_OR_NONE),
        "data": schema(kind),
    }
    whole = {
        "type": {"const": kind.value},
        "timestamp": {"type": "string", "format": "date-time"},
        "data": _exactly(event),
    }
    return _exactly(whole)


def _exactly(members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}
