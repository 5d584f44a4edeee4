"""Mail on a machine without a mail server: into a Maildir, which `/mailbox/` shows."""

from collections.abc import Sequence
from mailbox import Maildir
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MaildirBackend(BaseEmailBackend):
    """Stores every message as a file under MAILBOX_DIR; several processes may do so at once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for part in ("tmp", "new", "cur"):  # Maildir makes them, but not beside another process
            Path(settings.MAILBOX_DIR, part).mkdir(mode=0o700, parents=True, exist_ok=True)
        box = Maildir(settings.MAILBOX_DIR, create=False)
        for email in email_messages:
            box.add(email.message().as_bytes())
        return len(email_messages)
