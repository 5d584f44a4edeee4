"""What can become of a delivery other than being sent. Channels raise these; nothing else is foreseen."""

from __future__ import annotations

from datetime import datetime, timedelta


class Postponed(Exception):
    """The recipient wants quiet until then; this was no try."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until}")
        self.until = until


class Suppressed(Exception):
    """The recipient does not want it, or it is no longer true: cancelled."""


class PermanentFailure(Exception):
    """It can never be sent: a dead letter at once."""


class TransientFailure(Exception):
    """This try failed. `after` is how long the receiver asked to be left alone."""

    def __init__(self, reason: str, *, after: timedelta = timedelta(0)) -> None:
        super().__init__(reason)
        self.after = after
