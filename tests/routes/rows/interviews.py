from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import now
from psycopg.types.range import TimestamptzRange

from ats.models import Application, Assessment, Interview, InterviewSlot, Panellist, Room
from ats.selection.assessments import file_result
from ats.selection.interviews.calendar_feeds import open_feed
from ats.selection.interviews.scheduling import arrange
from ats.selection.interviews.slots import open_slots
from ats.selection.interviews.steps import choose_slot
from tests.routes.rows.scene import Scene


def add(scene: Scene) -> dict[str, Any]:
    taken, free = _slots(scene)
    booked, invited = (scene.another(scene.candidate, stage=scene.interviewing) for _ in range(2))
    interview = choose_slot(by=scene.accounts["candidate"], interview=_invite(scene, booked), slot=taken.pk)
    feed, token = open_feed(by=scene.accounts["candidate"])
    return {
        "rooms": Room.objects.create(organisation=scene.organisation, name="Reading room").pk,
        "interviewing": scene.interviewing.pk,
        "interview-slots": free.pk,
        "interviews": interview.pk,
        "begun": _begun(scene).pk,
        "colleague": scene.member("interviewer").pk,
        "invitation": _invite(scene, invited).pk,
        "finalist": scene.another(stage=scene.interviewing).pk,
        "calendars": feed.pk,
        "calendar": token,
        **_assessments(scene),
    }


def _slots(scene: Scene) -> list[InterviewSlot]:
    """Two, of which the recruiter is the panel."""
    begin = now() + timedelta(days=1)
    hour = TimestamptzRange(begin, begin + timedelta(hours=1))
    recruiter = scene.member("recruiter")
    return open_slots(by=recruiter, stage=scene.interviewing, members=[recruiter], first=hour, count=2)


def _begun(scene: Scene) -> Interview:
    """One of the recruiter's that should have begun an hour ago."""
    begin = now() - timedelta(hours=1)
    during = TimestamptzRange(begin, begin + timedelta(minutes=30))
    owned = {"organisation": scene.organisation, "stage": scene.interviewing}
    slot = InterviewSlot.objects.create(**owned, during=during)
    Panellist.objects.create(slot=slot, member=scene.member("recruiter"), during=during)
    application = scene.another(stage=scene.interviewing)
    return Interview.objects.create(
        **owned, application=application, slot=slot, during=during, state="confirmed", time_zone="UTC"
    )


def _invite(scene: Scene, application: Application) -> Interview:
    arrange(by=scene.member("recruiter"), stage=scene.interviewing, applications=[application.pk])
    return Interview.objects.get(application=application)


def _assessments(scene: Scene) -> dict[str, Any]:
    """A test that nobody took, and the result of another."""
    spare, taken = (
        Assessment.objects.create(organisation=scene.organisation, stage_id=scene.ids["stages"], name=name)
        for name in ("Spare", "Taken")
    )
    row, _is_new = file_result(
        by=scene.member("recruiter"),
        assessment=taken,
        application=scene.application,
        external_id="x-0",
        score=Decimal(80),
    )
    return {"assessments": spare.pk, "assessment-results": row.pk}
