"""Thirty rows of what hangs on an application, and of what one person has."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.utils.timezone import now
from psycopg.types.range import TimestamptzRange

from ats.models import (
    Application,
    Assessment,
    AssessmentResult,
    Assignment,
    CalendarFeed,
    Candidate,
    EventType,
    Interview,
    InterviewSlot,
    Membership,
    NoticeTemplate,
    Outcome,
    Panellist,
    QuestionSet,
    Reservation,
    RuleSet,
    Tag,
    Tagging,
    Verdict,
)
from ats.models.event_catalogue import NOTICE_TYPES
from ats.organisations.endpoints import create_endpoint, send_test
from ats.people.duplicates import distinguish, merge
from tests.factories import a_candidate, a_posting, a_resume, an_application
from tests.routes.world import World

WINDOW = {"kind": "degree", "params": {"least": "bachelor"}}
MORE = range(29)


def grow(world: World) -> None:
    everywhere = Candidate.objects.get(pk=world.ids["candidates"])
    owner = Membership.objects.get(organisation=world.organisation, account=world.accounts["owner"])
    for number in MORE:
        application = an_application(a_posting(world.organisation), everywhere)
        _marks(world, application, owner)
        _rules(world, application)
        _interview(world, application, number)
        _endpoint(owner, number)
        _merge(owner)
        _calendar(world, number)
    for _ in range(9):  # of the twenty that one may have
        a_resume(world.accounts["candidate"])
    _templates(world)


def _marks(world: World, application: Application, owner: Membership) -> None:
    on_it = {"organisation": world.organisation, "application": application}
    Tagging.objects.create(**on_it, tag=Tag.objects.get(organisation=world.organisation, name="Used"))
    Assignment.objects.create(**on_it, member=owner)
    taken = Assessment.objects.get(organisation=world.organisation, name="Taken")
    AssessmentResult.objects.create(**on_it, assessment=taken, external_id=str(application.pk), score=1)
    held = an_application(application.posting, a_candidate(world.organisation))
    until = now() + timedelta(hours=1)
    Reservation.objects.create(
        organisation=world.organisation, application=held, account=owner.account, until=until
    )


def _rules(world: World, application: Application) -> None:
    owned = {"organisation": world.organisation}
    of_posting = owned | {"posting": application.posting, "version": 1}
    rules = RuleSet.objects.create(**of_posting, tree=WINDOW)
    QuestionSet.objects.create(**of_posting, questions=[])
    document = Verdict.objects.get(pk=world.ids["verdicts"]).document
    Verdict.objects.create(
        **owned, application=application, outcome=Outcome.ELIGIBLE, rule_sets=[rules.pk], document=document
    )


def _interview(world: World, application: Application, number: int) -> None:
    """An interview in a slot of the owner and one more, beside a free slot of theirs."""
    at_stage = {"organisation": world.organisation, "stage_id": world.ids["interviewing"]}
    for hour in (0, 2):
        begin = now() + timedelta(days=10 + number, hours=hour)
        during = TimestamptzRange(begin, begin + timedelta(hours=1))
        slot = InterviewSlot.objects.create(**at_stage, during=during)
        for member in Membership.objects.filter(organisation=world.organisation).order_by("pk")[:2]:
            Panellist.objects.create(slot=slot, member=member, during=during)
    Interview.objects.create(
        **at_stage, application=application, slot=slot, during=during, state="scheduled", time_zone="UTC"
    )


def _calendar(world: World, number: int) -> None:
    """More than one may open, so that a long list is counted."""
    digest = hashlib.sha256(str(number).encode()).digest()
    CalendarFeed.objects.create(account=world.accounts["candidate"], digest=digest)


def _merge(owner: Membership) -> None:
    first, second, third = (a_candidate(owner.organisation) for _ in range(3))
    merge(by=owner, kept=first.pk, merged=second.pk)
    distinguish(by=owner, one=first.pk, other=third.pk)


def _endpoint(owner: Membership, number: int) -> None:
    """One that was tested, and that hears of next to nothing."""
    hears = [EventType.MOVE_UNDONE]
    endpoint = create_endpoint(by=owner, url=f"https://hr.example.com/{number}", types=hears)
    send_test(by=owner, endpoint=endpoint)


def _templates(world: World) -> None:
    """All but of the submission: that one the world has in English, and a visitor writes in Chinese."""
    NoticeTemplate.objects.bulk_create(
        NoticeTemplate(organisation=world.organisation, type=kind, language="zh-hans", subject="s", text="t")
        for kind, _label in NOTICE_TYPES
        if kind != EventType.APPLICATION_SUBMITTED
    )
