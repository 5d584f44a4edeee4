"""Thirty rows of what the team works with."""

from __future__ import annotations

from datetime import timedelta

from django.db.models.functions import Now

from ats.models import (
    Assessment,
    AssignmentRule,
    AssignmentShare,
    Invitation,
    Membership,
    Note,
    ReferralCode,
    Room,
    SavedView,
    Scorecard,
    ScorecardCriterion,
    ScorecardScore,
    Tag,
)
from tests.factories import a_member, a_posting, an_application
from tests.routes.world import World


def grow(world: World) -> None:
    for number in range(29):
        _words(world, number)
        _rule(world, number)
        _scorecard(world, number)


def _the_owner(world: World) -> Membership:
    return Membership.objects.get(organisation=world.organisation, account=world.accounts["owner"])


def _words(world: World, number: int) -> None:
    owned = {"organisation": world.organisation}
    at_stage = owned | {"stage_id": world.ids["stages"]}
    owner = _the_owner(world)
    Note.objects.create(**owned, application_id=world.ids["applications"], author=owner, text="Calm.")
    _invitation(world, owner, number)
    Tag.objects.create(**owned, name=f"tag {number}")
    Room.objects.create(**owned, name=f"Room {number}")
    ReferralCode.objects.create(**owned, code=f"code-{number}")
    SavedView.objects.create(**owned, owner=owner, name=f"View {number}", query={})
    Assessment.objects.create(**at_stage, name=f"Test {number}")


def _invitation(world: World, owner: Membership, number: int) -> None:
    Invitation.objects.create(
        organisation=world.organisation,
        email=f"colleague{number}@example.com",
        role="viewer",
        invited_by=owner,
        expires_at=Now() + timedelta(days=1),
    )


def _rule(world: World, number: int) -> None:
    """With two recruiters who take turns."""
    rule = AssignmentRule.objects.create(organisation=world.organisation, position=100 + number)
    for _ in range(2):
        AssignmentShare.objects.create(rule=rule, member=a_member(world.organisation))


def _scorecard(world: World, number: int) -> None:
    """The owner's, with a score on a criterion of its own."""
    owned = {"organisation": world.organisation, "stage_id": world.ids["stages"]}
    criterion = ScorecardCriterion.objects.create(**owned, name=f"Criterion {number}")
    application = an_application(a_posting(world.organisation))
    card = Scorecard.objects.create(**owned, application=application, interviewer=_the_owner(world))
    ScorecardScore.objects.create(scorecard=card, criterion=criterion, score=3)
