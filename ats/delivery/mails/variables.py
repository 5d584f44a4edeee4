"""What a template may say: the variables, each with how an event fills it and a sample for previews."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ats.common.names import named
from ats.delivery.mails.invitations import time_of, venue_of
from ats.delivery.mails.loading import Subjects
from ats.models import Event, Interview, Offer, Organisation, Role


class Source(NamedTuple):
    """What a variable is filled from: an event, the rows that it names, and the reader's language."""

    event: Event
    subjects: Subjects
    language: str


class Variable(NamedTuple):
    """`of` gives the text, "" where the event has none."""

    of: Callable[[Source], str]
    sample: str


def in_language(row: object, field: str, language: str) -> str:
    """A column that has a twin in Chinese."""
    return named(language, getattr(row, field, ""), getattr(row, f"{field}_zh", ""))


def _stage(source: Source) -> str:
    row = source.subjects.stages.get(source.event.data.get("to_stage", 0))
    if row is None and source.event.application is not None:
        row = source.event.application.stage
    if row is None or row.organisation_id != source.event.organisation_id:
        return ""
    return in_language(row, "public_name", source.language)


def _endpoint(source: Source) -> str:
    row = source.subjects.endpoints.get(source.event.data.get("endpoint", 0))
    return row.url if row and row.organisation_id == source.event.organisation_id else ""


def _offer(text: Callable[[Offer, Event], str]) -> Callable[[Source], str]:
    def of(source: Source) -> str:
        row = source.subjects.offers.get(source.event.data.get("offer", 0))
        is_ours = row is not None and row.organisation_id == source.event.organisation_id
        return text(row, source.event) if row is not None and is_ours else ""

    return of


def _interview(text: Callable[[Interview], str]) -> Callable[[Source], str]:
    def of(source: Source) -> str:
        row = source.subjects.interviews.get(source.event.data.get("interview", 0))
        is_ours = row is not None and row.organisation_id == source.event.organisation_id
        return text(row) if row is not None and is_ours else ""

    return of


def _deadline(offer: Offer, event: Event) -> str:
    """In the campaign's zone."""
    zone = event.posting.campaign.time_zone if event.posting else "UTC"
    return f"{offer.deadline.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})" if offer.deadline else ""


def _dates(offer: Offer, _event: Event) -> str:
    return " – ".join(f"{day:%Y-%m-%d}" for day in (offer.starts_on, offer.ends_on) if day)


def _role(source: Source) -> str:
    with translation.override(source.language):
        return {
            Role.VIEWER: _("viewer"),
            Role.INTERVIEWER: _("interviewer"),
            Role.RECRUITER: _("recruiter"),
            Role.OWNER: _("owner"),
        }[Role(source.event.data["role"])]


def _expiry(source: Source) -> str:
    row = source.subjects.invitations.get(source.event.data.get("invitation", 0))
    return f"{row.expires_at:%Y-%m-%d %H:%M} (UTC)" if row else ""


VARIABLES: dict[str, Variable] = {
    "candidate.name": Variable(lambda s: s.event.candidate.name if s.event.candidate else "", "Li Na 李娜"),
    "posting.title": Variable(
        lambda s: in_language(s.event.posting, "title", s.language), "Search algorithms"
    ),
    "organisation.name": Variable(
        lambda s: in_language(s.event.organisation, "name", s.language), "Aurora 曙光"
    ),
    "stage.name": Variable(_stage, "Interview"),
    "interview.time": Variable(_interview(time_of), "2026-06-30 16:00 (Asia/Shanghai)"),
    "interview.place": Variable(_interview(venue_of), "Room 301"),
    "offer.terms": Variable(_offer(lambda offer, _: offer.terms), "Twelve weeks in Shanghai"),
    "offer.pay": Variable(_offer(lambda offer, _: offer.pay), "400 a day"),
    "offer.dates": Variable(_offer(_dates), "2027-06-01 – 2027-08-31"),
    "offer.deadline": Variable(_offer(_deadline), "2026-06-30 16:00 (Asia/Shanghai)"),
}
ALL_TITLES = "posting.titles"
OF_ENDPOINTS: dict[str, Variable] = {
    "organisation.name": VARIABLES["organisation.name"],
    "endpoint.url": Variable(_endpoint, "https://hr.example.com/hook"),
    "endpoint.reason": Variable(lambda s: str(s.event.data.get("reason", "")), "it answered 410"),
}
OF_INVITATIONS: dict[str, Variable] = {
    "organisation.name": VARIABLES["organisation.name"],
    "invitation.role": Variable(_role, "recruiter"),
    "invitation.expires": Variable(_expiry, "2026-06-30 16:00 (UTC)"),
    "site.url": Variable(lambda _: settings.SITE_URL, "https://intake.example.com"),
}
# By the subject of an event; any other is about an application.
OF_SUBJECTS = {"endpoint": OF_ENDPOINTS, "member": OF_INVITATIONS}
SAMPLES = {name: variable.sample for name, variable in VARIABLES.items()} | {
    ALL_TITLES: "- Search algorithms\n- Storage engines"
}


def of_events(events: Sequence[Event], subjects: Subjects, language: str) -> dict[str, str]:
    """Every variable's text for events that one message is about: of the first, and all their postings."""
    source = Source(events[0], subjects, language)
    table = OF_SUBJECTS.get(source.event.type.partition(".")[0], VARIABLES)
    titles = [f"- {in_language(event.posting, 'title', language)}" for event in events]
    return {name: variable.of(source) for name, variable in table.items()} | {ALL_TITLES: "\n".join(titles)}


def sender_name(organisation: Organisation, language: str) -> str:
    """What stands in the From of a mail."""
    return in_language(organisation, "name", language)
