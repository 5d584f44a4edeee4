"""One file per channel. A new one is a file like its siblings, its row below and in `Channel`."""

from __future__ import annotations

from ats.delivery.channels.contract import Sender
from ats.delivery.channels.email.sender import Email
from ats.delivery.channels.webhook.sender import Webhook
from ats.models import Channel

SENDERS: dict[str, Sender] = {Channel.EMAIL: Email(), Channel.WEBHOOK: Webhook()}
