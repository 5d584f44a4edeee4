"""Talking to a running Intake over HTTP, and printing every word of it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

TIMEOUT = 15  # seconds for one answer
MAIL_PATIENCE = 20  # seconds until a mail must have arrived
ROUNDING = timedelta(milliseconds=1)  # of instants in JSON
SHOWN = 1500  # characters of a body
TOKEN = re.compile(r"(intake_[0-9a-f]+_)[\w-]+")


@dataclass
class Conversation:
    """Requests to the site at `address`; `say` is given each line. `token` signs what follows."""

    address: str
    say: Callable[[str], object]
    token: str = ""
    read: set[str] = field(default_factory=set)
    begun_at: datetime = field(default_factory=lambda: datetime.now(UTC) - ROUNDING)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        *,
        refused: int | None = None,
    ) -> Any:
        """The parsed answer. A 4xx or 5xx is printed and, unless it is `refused`, raised as HTTPError."""
        sent = {"Content-Type": "application/json", **(headers or {})} if body is not None else {}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        self._show_request(method, path, body)
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.address + path, data, sent, method=method)  # noqa: S310
        try:
            with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
                return self._show_answer(response.status, response.read())
        except HTTPError as error:
            answer = self._show_answer(error.code, error.read())
            if error.code != refused:
                raise
            return answer

    def mail_to(self, address: str) -> dict[str, str]:
        """The next mail to an address since this conversation began that it has not read yet."""
        url = f"{self.address}/mailbox/messages.json?to={quote(address)}"
        give_up = time.monotonic() + MAIL_PATIENCE
        while time.monotonic() < give_up:
            with urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310
                unread = [mail for mail in json.load(answer)["messages"] if self._is_new(mail)]
            if unread:
                return self._open(unread[-1])
            time.sleep(0.1)
        raise TimeoutError(f"no mail to {address} within {MAIL_PATIENCE} seconds")

    def _is_new(self, mail: dict[str, str]) -> bool:
        return mail["key"] not in self.read and datetime.fromisoformat(mail["sent"]) >= self.begun_at

    def _open(self, mail: dict[str, str]) -> dict[str, str]:
        self.read.add(mail["key"])
        self.say(f"\n  mail to {mail['to']}\n  {mail['subject']}\n")
        for line in mail["text"].splitlines():
            self.say(f"  | {line}".rstrip())
        return mail

    def _show_request(self, method: str, path: str, body: Any) -> None:
        self.say(f"\n> {method} {path}")
        if body is not None:
            self.say(_indented(body))

    def _show_answer(self, status: int, raw: bytes) -> Any:
        body = json.loads(raw) if raw else None
        self.say(f"< {status}")
        if body is not None:
            self.say(_indented(body))
        return body


def _indented(body: Any) -> str:
    """Readable and cut; a token is a secret even here, and only its beginning is shown."""
    text = TOKEN.sub(r"\1…", json.dumps(body, ensure_ascii=False, indent=2))
    cut = text if len(text) <= SHOWN else text[:SHOWN] + "\n…"
    return "\n".join(f"    {line}" for line in cut.splitlines())
