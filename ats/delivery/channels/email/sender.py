from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.mime.text import MIMEText
from email.utils import formataddr, parseaddr

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from ats.delivery import claiming
from ats.delivery.mails.composing import Mail, compose
from ats.delivery.mails.invitations import Calendar
from ats.delivery.mails.loading import Batch, load
from ats.delivery.outcomes import PermanentFailure, TransientFailure
from ats.models import Channel, Delivery

FOR_GOOD = 500  # from here on a mail server's refusals are final


class Email:
    """Through Django's mail backend: one connection, one mail after the other."""

    threads = 1
    max_in_flight = 1
    batch = 40
    exclusive = False
    max_seconds = 20.0

    def claim(self, limit: int, *, busy: Mapping[str, int]) -> list[Delivery]:
        return claiming.claim_oldest(Channel.EMAIL, limit)

    def claim_expired(self) -> list[Delivery]:
        return claiming.claim_expired(Channel.EMAIL)

    def load(self, deliveries: list[Delivery]) -> Batch:
        return load(deliveries)

    def compose(self, delivery: Delivery, loaded: Batch) -> Mail | None:
        return compose(delivery, loaded)

    @contextmanager
    def session(self) -> Iterator[Callable[[Mail], None]]:
        connection = get_connection()
        try:
            yield lambda mail: _send(mail, connection)
        finally:
            connection.close()

    def record_outcome(self, parcel: Mail, error: Exception | None) -> None:
        """A mail server judges its receivers itself."""


SENDER = Email()


def _send(mail: Mail, connection: BaseEmailBackend) -> None:
    try:
        connection.open()
        message(mail, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= FOR_GOOD for code, _said in error.recipients.values()):
            raise PermanentFailure("the mail server knows no such address") from error
        raise TransientFailure("the mail server does not take this address now") from error
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        connection.close()  # a new one for the next
        raise TransientFailure(f"{type(error).__name__}: {error}") from error


def _entry(calendar: Calendar) -> MIMEText:
    """For the recipient's calendar program (RFC 6047)."""
    part = MIMEText(calendar.text.decode(), "calendar", "utf-8")
    part.set_param("method", calendar.method)
    part.add_header("Content-Disposition", "attachment", filename="interview.ics")
    return part


def _sender(name: str) -> str:
    """Our address under the organisation's name."""
    usual, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((" ".join(name.split()) or usual, address))


def message(mail: Mail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail as text and HTML. Its Message-ID is the delivery's, so that a repeat can be recognised."""
    headers = {
        "Message-ID": f"<{mail.uid}@intake>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    if mail.unsubscribe:  # RFC 8058
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    whole = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        _sender(mail.sender),
        [mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
        connection=connection,
    )
    whole.attach_alternative(mail.html, "text/html")
    for calendar in mail.calendars:
        whole.attach(_entry(calendar))
    return whole
