"""From a delivery to a mail: who is told what, in which language. Read at sending, so that a corrected
address is used, an erased person is not written to, and an unsubscription counts at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid5

import nh3
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ats.delivery import claiming
from ats.delivery.mails import quiet_hours, unsubscribe
from ats.delivery.mails.invitations import Calendar, calendar_entry
from ats.delivery.mails.templating import as_html, fill, fill_html, fill_line
from ats.delivery.mails.variables import of_events
from ats.delivery.mails.wording import Wording, wording
from ats.delivery.outcomes import PermanentFailure, Postponed, Suppressed
from ats.models import (
    Account,
    ApplicationState,
    Candidate,
    Delivery,
    Event,
    EventType,
    LoginCode,
    NotificationPreferences,
)
from ats.models.event_catalogue import CATALOGUE, Audience


@dataclass(frozen=True, slots=True)
class Mail:
    """What is told to one address. `uid` is the same whenever the same news are told again."""

    deliveries: list[Delivery]
    uid: str
    address: str
    subject: str
    text: str
    html: str
    language: str
    unsubscribe: str = ""
    calendars: tuple[Calendar, ...] = ()


class Reader(NamedTuple):
    """Who a mail is for."""

    address: str
    language: str
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of news, rendered."""

    subject: str
    text: str
    html: str


def compose(delivery: Delivery) -> Mail:
    """The mail of a delivery that one holds. Raises Postponed, Suppressed, PermanentFailure."""
    if delivery.login_code is not None:
        return _login_code(delivery, delivery.login_code)
    reader = _reader(delivery)
    assert delivery.event is not None  # a constraint of the table
    if reader.candidate is None:
        return _mail([delivery], reader, _render([delivery.event], reader))
    return _to_candidate(delivery, delivery.event, reader, reader.candidate)


def _login_code(delivery: Delivery, row: LoginCode) -> Mail:
    if row.used_at or row.expires_at <= claiming.held_since(delivery):
        raise Suppressed("the code was used or has expired")
    part = _fill(wording("login_code", row.language), {"code": row.code, "long_code": row.long_code})
    return _mail([delivery], Reader(row.email, row.language), part)


def _to_candidate(delivery: Delivery, event: Event, reader: Reader, candidate: Candidate) -> Mail:
    wish = NotificationPreferences.objects.filter(candidate=candidate).first()
    if wish is not None:
        _respect(wish, delivery, event)
    deliveries = _together_with(delivery, wish)
    news: dict[str, list[Event]] = {}  # of one topic, or of one event
    for row in deliveries:
        if row.event:
            news.setdefault(row.topic or str(row.pk), []).append(row.event)
    parts = [_render(events, reader) for events in news.values()]
    return _mail(deliveries, reader, _together(parts, reader.language), muting=event.type)


def _respect(wish: NotificationPreferences, delivery: Delivery, event: Event) -> None:
    if event.type in wish.muted:
        raise Suppressed("the recipient wants no such mail")
    until = quiet_hours.not_before(wish, made=delivery.created_at, now=claiming.held_since(delivery))
    if until is not None:
        raise Postponed(until)


def _together_with(delivery: Delivery, wish: NotificationPreferences | None) -> list[Delivery]:
    """What goes into this mail: what waits for its topic and, in a digest, everything that waits."""
    rows = claiming.claim_with(delivery, all_due=bool(wish and wish.digest))
    muted = [row for row in rows if wish and row.event and row.event.type in wish.muted]
    for row in muted:
        claiming.cancel(row, "the recipient wants no such mail")
    return [row for row in rows if row not in muted]


def _together(parts: list[Part], language: str) -> Part:
    if len(parts) == 1:
        return parts[0]
    with translation.override(language):
        title = ngettext("%(count)d piece of news", "%(count)d pieces of news", len(parts))
    return Part(
        title % {"count": len(parts)},
        "\n\n\n".join(f"{part.subject}\n\n{part.text}" for part in parts),
        "\n<hr>\n".join(part.html for part in parts),
    )


def _reader(delivery: Delivery) -> Reader:
    kind, _colon, pk = delivery.recipient.partition(":")
    reader = READERS[kind](int(pk))
    if not reader.address:
        raise PermanentFailure("the recipient has no address")
    return reader


def _candidate(pk: int) -> Reader:
    row = Candidate.objects.filter(pk=pk).first()
    return Reader(row.email, row.language, row) if row else Reader("", "en")


def _account(pk: int) -> Reader:
    row = Account.objects.filter(pk=pk, is_active=True).first()
    return Reader(row.email, row.language) if row else Reader("", "en")


READERS: dict[str, Callable[[int], Reader]] = {"candidate": _candidate, "account": _account}


def _render(events: list[Event], reader: Reader) -> Part:
    words = wording(_name(events[0], reader), reader.language, organisation=events[0].organisation_id)
    return _fill(words, of_events(events, reader.language))


def _name(event: Event, reader: Reader) -> str:
    """The template for an event. A rejection reads the same whatever led to it."""
    if Audience.PANEL in CATALOGUE[EventType(event.type)].notifies and reader.candidate is None:
        return f"{event.type}.{Audience.PANEL}"
    is_rejection = event.data.get("to_state") == ApplicationState.REJECTED
    return EventType.APPLICATION_REJECTED.value if is_rejection else event.type


def _fill(words: Wording, facts: dict[str, str]) -> Part:
    text = fill(words.text, facts).strip()
    html = nh3.clean(fill_html(words.html, facts)) if words.html else as_html(text)
    return Part(fill_line(words.subject, facts), text, html)


def preview(words: Wording, facts: dict[str, str]) -> Part:
    """What a template makes of facts."""
    return _fill(words, facts)


def _mail(deliveries: list[Delivery], reader: Reader, part: Part, *, muting: str = "") -> Mail:
    url = unsubscribe.link(reader.candidate.pk, muting) if reader.candidate and muting else ""
    with translation.override(reader.language):
        farewell = _("No more mails of this kind: %(url)s") % {"url": url} if url else ""
    return Mail(
        deliveries,
        _uid(deliveries),
        reader.address,
        part.subject,
        "\n\n-- \n".join(filter(None, [part.text, farewell])) + "\n",
        "\n".join(filter(None, [part.html, as_html(farewell) if farewell else ""])),
        reader.language,
        url,
        tuple(entry for row in deliveries if (entry := calendar_entry(row))),
    )


def _uid(deliveries: list[Delivery]) -> str:
    """Of one delivery its own; of several a name made from theirs, so that no other digest has it."""
    first, *rest = [row.uid for row in deliveries]
    return str(uuid5(first, ",".join(map(str, rest))) if rest else first)
