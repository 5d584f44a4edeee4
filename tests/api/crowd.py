"""Thirty rows of what the world has one of, each with rows of its own."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import now

from ats.events.record import new_event, record_events
from ats.models import (
    Application,
    Candidate,
    Department,
    EventType,
    Institution,
    Location,
    Move,
    Offer,
    OfferState,
    Pipeline,
    Posting,
    RejectionReason,
    Stage,
    Track,
    TrackTerm,
    Transition,
)
from ats.people.access_tokens import issue_token
from ats.people.institutions.shipped import shipped_institutions
from tests.api import crowd_rest, crowd_work
from tests.factories import (
    a_campaign,
    a_candidate,
    a_member,
    a_posting,
    an_application,
    an_education,
)
from tests.routes.world import World

MORE = range(29)


def grow(world: World) -> None:
    _catalogue(world)
    crowd_work.grow(world)
    crowd_rest.grow(world)
    Institution.objects.bulk_create(shipped_institutions()[: len(MORE) + 1])
    postings = _postings(world)
    _people(world, postings)


def _catalogue(world: World) -> None:
    organisation = world.organisation
    for number in MORE:
        a_campaign(organisation)
        a_member(organisation)
        issue_token(account=world.accounts["candidate"])
        Location.objects.create(organisation=organisation, name=f"Place {number}")
        Department.objects.create(organisation=organisation, name=f"Department {number}")
        track = Track.objects.create(organisation=organisation, code=f"t{number}", name=f"T {number}")
        TrackTerm.objects.create(organisation=organisation, term=f"term {number}", track=track)
        Move.objects.create(organisation=organisation, to_stage_id=world.ids["stages"], asked=1)
        RejectionReason.objects.create(organisation=organisation, name=f"Reason {number}")
        _a_pipeline(world, number)


def _a_pipeline(world: World, number: int) -> None:
    owned = {"organisation": world.organisation}
    pipeline = Pipeline.objects.create(**owned, name=f"Pipeline {number}")
    first, second = (
        Stage.objects.create(**owned, pipeline=pipeline, name=name, public_name=name, position=n, kind=kind)
        for n, (kind, name) in enumerate([("applied", "Applied"), ("offer", "Offer")])
    )
    Transition.objects.create(**owned, from_stage=first, to_stage=second)


def _postings(world: World) -> list[Posting]:
    places = Location.objects.for_org(world.organisation)[:2]
    postings = [a_posting(world.organisation) for _ in MORE]
    for posting in postings:
        posting.locations.set(places)
    return postings


def _people(world: World, postings: list[Posting]) -> None:
    """Each posting has an applicant of its own and the world's candidate."""
    everywhere = Candidate.objects.get(pk=world.ids["candidates"])
    for posting in postings:
        candidate = a_candidate(world.organisation)
        an_education(candidate)
        an_education(candidate, is_latest=False)
        for application in (an_application(posting, candidate), an_application(posting, everywhere)):
            _tell(world, application)
            _offer(world, application)


def _tell(world: World, application: Application) -> None:
    kind, data = EventType.APPLICATION_SUBMITTED, {"stage": application.stage_id, "track": "x"}
    record_events(
        [new_event(kind, organisation=world.organisation, by=None, data=data, application=application)]
    )


def _offer(world: World, application: Application) -> None:
    until = now() + timedelta(days=7)
    extended = {"state": OfferState.EXTENDED, "deadline": until}
    Offer.objects.create(organisation=world.organisation, application=application, **extended)
