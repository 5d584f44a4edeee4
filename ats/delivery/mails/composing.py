"""From a delivery to a mail: for whom, in which words, and whether now. It reads a `Batch`, and no database
but to settle single rows of a message."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import md5
from itertools import chain
from typing import NamedTuple
from uuid import UUID, uuid5

import nh3
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ats.delivery import claiming, settling
from ats.delivery.mails import links
from ats.delivery.mails.invitations import Calendar, calendar_entry
from ats.delivery.mails.loading import MUTED, Batch, is_muted
from ats.delivery.mails.templating import as_html, fill, fill_html, fill_line
from ats.delivery.mails.variables import of_events, sender_name
from ats.delivery.mails.wording import Wording, shipped
from ats.delivery.outcomes import PermanentFailure, Postponed, Suppressed
from ats.models import (
    Account,
    ApplicationState,
    Candidate,
    Delivery,
    Event,
    EventType,
    Invitation,
    InvitationState,
    LoginCode,
    Organisation,
)
from ats.models.event_catalogue import CATALOGUE, Audience

REPEATS = "it says what the last mail about this application said"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """What one address gets. `uid` is the same whenever the same news are sent again."""

    deliveries: list[Delivery]
    uid: str
    address: str
    subject: str
    text: str
    html: str
    language: str
    unsubscribe: str = ""
    calendars: tuple[Calendar, ...] = ()
    sender: str = ""
    reply_to: str = ""


class Reader(NamedTuple):
    """Who a mail is for."""

    address: str
    language: str
    person: Candidate | Account | Invitation | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of news, rendered."""

    subject: str
    text: str
    html: str

    @property
    def fingerprint(self) -> UUID:
        whole = f"{self.subject}\0{self.text}\0{self.html}"
        return UUID(md5(whole.encode(), usedforsecurity=False).hexdigest())


def compose(delivery: Delivery, batch: Batch) -> Mail | None:
    """The mail of a claimed delivery and its companions. None when none of its rows can be rendered.

    Raises Postponed, Suppressed, PermanentFailure.
    """
    if delivery.login_code_id:
        return _login_code(delivery, batch.codes[delivery.login_code_id])
    if refusal := batch.refusals.get(delivery.pk):
        raise Postponed(refusal.until) if refusal.until else Suppressed(MUTED)
    reader = _reader(delivery, batch)
    rows = _unmuted([delivery, *batch.companions.get(delivery.pk, [])], batch)
    if len(rows) == 1:
        return _single(delivery, reader, batch)
    return _several(rows, reader, batch)


def _login_code(delivery: Delivery, row: LoginCode) -> Mail:
    if row.used_at or row.expires_at <= claiming.claimed_at(delivery):
        raise Suppressed("the code was used or has expired")
    part = _fill(shipped("login_code", row.language), {"code": row.code, "long_code": row.long_code})
    return _mail([delivery], Reader(row.email, row.language), part)


def _single(delivery: Delivery, reader: Reader, batch: Batch) -> Mail:
    event = batch.events[delivery.event_id or 0]
    part = _render([event], reader, batch)
    last = batch.last_said.get((delivery.recipient, delivery.application_id or 0))
    if isinstance(reader.person, Candidate) and last == part.fingerprint:
        raise Suppressed(REPEATS)
    delivery.content = part.fingerprint
    return _mail([delivery], reader, part, event, _calendars([delivery], reader, batch))


def _several(rows: list[Delivery], reader: Reader, batch: Batch) -> Mail | None:
    """A message of several rows. Those that cannot be rendered are given up and stop no other."""
    groups: dict[str, list[Delivery]] = {}  # of one group key, or of one event
    for row in rows:
        groups.setdefault(row.group_key or str(row.pk), []).append(row)
    parts = [(group, part) for group in groups.values() if (part := _render_or_give_up(group, reader, batch))]
    sent = list(chain.from_iterable(group for group, _part in parts))
    if not sent:
        return None
    whole = _join([part for _group, part in parts], reader.language)
    return _mail(sent, reader, whole, batch.events[sent[0].event_id or 0], _calendars(sent, reader, batch))


def _render_or_give_up(group: list[Delivery], reader: Reader, batch: Batch) -> Part | None:
    try:
        return _render([batch.events[row.event_id or 0] for row in group], reader, batch)
    except Exception as error:  # noqa: BLE001  (nothing here touches the database)
        logger.warning("delivery %s cannot be composed: %s", group[0].pk, type(error).__name__)
        for row in group:
            settling.give_up(row, f"it cannot be composed: {type(error).__name__}: {error}")
        return None


def _unmuted(rows: list[Delivery], batch: Batch) -> list[Delivery]:
    """The rows that the recipient wants; the first one is."""
    preferences = batch.preferences(rows[0])
    others = rows[1:] if preferences else []
    muted = [row for row in others if preferences and is_muted(preferences, batch.events[row.event_id or 0])]
    for row in muted:
        settling.cancel(row, MUTED)
    return [row for row in rows if row not in muted]


def _join(parts: list[Part], language: str) -> Part:
    if len(parts) == 1:
        return parts[0]
    with translation.override(language):
        title = ngettext("%(count)d piece of news", "%(count)d pieces of news", len(parts))
    return Part(
        title % {"count": len(parts)},
        "\n\n\n".join(f"{part.subject}\n\n{part.text}" for part in parts),
        "\n<hr>\n".join(part.html for part in parts),
    )


def _reader(delivery: Delivery, batch: Batch) -> Reader:
    """A person with an account reads in the account's language, whichever record applied."""
    kind, _colon, pk = delivery.recipient.partition(":")
    found: dict[str, Mapping[int, Candidate | Account | Invitation]]
    found = {"candidate": batch.candidates, "account": batch.accounts, "invitation": batch.invitations}
    person = found[kind].get(int(pk))
    if isinstance(person, Invitation) and person.state != InvitationState.OPEN:
        raise Suppressed("the invitation is not open any more")
    if person is None or not person.email:
        raise PermanentFailure("the recipient has no address")
    account = person.account if isinstance(person, Candidate) else None
    return Reader(person.email, account.language if account else person.language, person)


def _render(events: list[Event], reader: Reader, batch: Batch) -> Part:
    name = _template_name(events[0], reader)
    row = batch.templates.get((events[0].organisation_id, name, reader.language))
    words = Wording(row.subject, row.text, row.html) if row else shipped(name, reader.language)
    return _fill(words, of_events(events, batch.subjects, reader.language))


def _template_name(event: Event, reader: Reader) -> str:
    """The template for an event. A rejection reads the same whatever led to it."""
    if isinstance(reader.person, Account) and Audience.PANEL in CATALOGUE[EventType(event.type)].notifies:
        return f"{event.type}.{Audience.PANEL}"
    is_rejection = event.data.get("to_state") == ApplicationState.REJECTED
    return EventType.APPLICATION_REJECTED.value if is_rejection else event.type


def _fill(words: Wording, context: dict[str, str]) -> Part:
    text = fill(words.text, context).strip()
    html = nh3.clean(fill_html(words.html, context)) if words.html else as_html(text)
    return Part(fill_line(words.subject, context), text, html)


def preview(words: Wording, context: dict[str, str]) -> Part:
    """What a template makes of a context."""
    return _fill(words, context)


def _calendars(rows: list[Delivery], reader: Reader, batch: Batch) -> tuple[Calendar, ...]:
    found = (_calendar(batch.events[row.event_id or 0], reader, batch) for row in rows)
    return tuple(entry for entry in found if entry)


def _calendar(event: Event, reader: Reader, batch: Batch) -> Calendar | None:
    row = batch.subjects.interviews.get(event.data.get("interview", 0))
    if row is None or reader.person is None or isinstance(reader.person, Invitation):
        return None
    is_member = isinstance(reader.person, Account)
    has_left = is_member and (row.slot_id, reader.person.pk) not in batch.subjects.panels
    return calendar_entry(row, reader.person, has_left=has_left)


def _mail(
    deliveries: list[Delivery],
    reader: Reader,
    part: Part,
    event: Event | None = None,
    calendars: tuple[Calendar, ...] = (),
) -> Mail:
    organisation: Organisation | None = event.organisation if event else None
    candidate = reader.person if isinstance(reader.person, Candidate) else None
    is_mutable = event is not None and CATALOGUE[EventType(event.type)].is_mutable
    url = links.unsubscribe_link(candidate.pk, event.type) if candidate and event and is_mutable else ""
    button = links.button(event, reader.language) if candidate and event else None
    with translation.override(reader.language):
        farewell = _("No more mails of this kind: %(url)s") % {"url": url} if url else ""
    return Mail(
        deliveries,
        _uid(deliveries),
        reader.address,
        part.subject,
        "\n\n-- \n".join(filter(None, [f"{part.text}{button.text if button else ''}", farewell])) + "\n",
        "\n".join(filter(None, [part.html, button and button.html, farewell and as_html(farewell)])),
        reader.language,
        url,
        calendars,
        sender_name(organisation, reader.language) if organisation else "",
        organisation.reply_to if organisation else "",
    )


def _uid(deliveries: list[Delivery]) -> str:
    """That of a single delivery; of several a name made from theirs, so that no other digest has it."""
    first, *rest = [row.uid for row in deliveries]
    return str(uuid5(first, ",".join(map(str, rest))) if rest else first)
