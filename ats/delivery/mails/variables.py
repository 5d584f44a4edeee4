"""What a template may say: the variables, each with how an event fills it and a sample for previews."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ats.common.names import named
from ats.delivery.mails import invitations
from ats.models import Endpoint, Event, Offer, Stage


class Variable(NamedTuple):
    """`of` gives the text for an event in a language, "" where the event has none."""

    of: Callable[[Event, str], str]
    sample: str


def _named(row: object, field: str, language: str) -> str:
    return named(language, getattr(row, field, ""), getattr(row, f"{field}_zh", ""))


def _stage(event: Event, language: str) -> str:
    row = Stage.objects.for_org(event.organisation).filter(pk=event.data.get("to_stage")).first()
    if row is None and event.application is not None:
        row = event.application.stage
    return _named(row, "public_name", language)


def _endpoint(event: Event, _: str) -> str:
    row = Endpoint.objects.for_org(event.organisation).filter(pk=event.data.get("endpoint")).first()
    return row.url if row else ""


def _offer(event: Event, _: str) -> Offer | None:
    return Offer.objects.for_org(event.organisation).filter(pk=event.data.get("offer")).first()


def _terms(event: Event, language: str) -> str:
    offer = _offer(event, language)
    return offer.terms if offer else ""


def _deadline(event: Event, language: str) -> str:
    offer = _offer(event, language)
    return f"{offer.deadline:%Y-%m-%d %H:%M}" if offer and offer.deadline else ""


def _interview(name: str) -> Callable[[Event, str], str]:
    return lambda event, language: invitations.facts(event, language).get(name, "")


VARIABLES: dict[str, Variable] = {
    "candidate.name": Variable(lambda e, _: e.candidate.name if e.candidate else "", "Li Na 李娜"),
    "posting.title": Variable(lambda e, lang: _named(e.posting, "title", lang), "Search algorithms"),
    "organisation.name": Variable(lambda e, lang: _named(e.organisation, "name", lang), "Aurora 曙光"),
    "stage.name": Variable(_stage, "Interview"),
    "interview.time": Variable(_interview("time"), "2026-06-30 16:00 (Asia/Shanghai)"),
    "interview.place": Variable(_interview("place"), "Room 301"),
    "offer.terms": Variable(_terms, "Twelve weeks in Shanghai"),
    "offer.deadline": Variable(_deadline, "2026-06-30 16:00"),
}
ALL_TITLES = "posting.titles"
OF_ENDPOINTS: dict[str, Variable] = {
    "organisation.name": VARIABLES["organisation.name"],
    "endpoint.url": Variable(_endpoint, "https://hr.example.com/hook"),
    "endpoint.reason": Variable(lambda e, _: str(e.data.get("reason", "")), "it answered 410"),
}
SAMPLES = {name: variable.sample for name, variable in VARIABLES.items()} | {
    ALL_TITLES: "- Search algorithms\n- Storage engines"
}


def of_events(events: list[Event], language: str) -> dict[str, str]:
    """Every variable's text for events that are told together: of the first, and all their postings."""
    first = events[0]
    table = OF_ENDPOINTS if first.type.startswith("endpoint.") else VARIABLES
    titles = [f"- {_named(event.posting, 'title', language)}" for event in events]
    return {name: variable.of(first, language) for name, variable in table.items()} | {
        ALL_TITLES: "\n".join(titles)
    }
