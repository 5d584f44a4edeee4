"""The channels. A new one is a folder here, named as its row in `Channel`, whose `sender.py` has `SENDER`."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from ats.delivery.channels.contract import Sender


@cache
def sender_of(channel: str) -> Sender:
    """The sender of a channel."""
    sender: Sender = import_module(f"{__name__}.{channel}.sender").SENDER
    return sender
